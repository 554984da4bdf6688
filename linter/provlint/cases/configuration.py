"""The expressions of the configuration under test."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from provlint.wording import alternatives, did_you_mean, quote

if TYPE_CHECKING:
    from provlint.semantics.configuration import AttributeMappingUnit, ConfigurationUnit


class Found(NamedTuple):
    """The expression of an attribute mapping.

    Attributes:
        expression: Its text; of a direct mapping, the attribute in brackets.
        dialect: Dialect of the rule around it.
        source: The source system.
        attributes: The source attributes that it reads.
    """

    expression: str
    dialect: str
    source: str
    attributes: tuple[str, ...]


class Expressions:
    """Looks expressions up in configurations; each file is read once.

    Args:
        default: Path of the configuration that cases are for, unless their file names one.
    """

    def __init__(self, default: str | None = None) -> None:
        self._default = default
        self._read: dict[str, ConfigurationUnit] = {}

    def find(self, target: str, mapping: str | None, config: str | None = None) -> Found:
        """The expression that is written to a target attribute.

        Raises:
            CaseError: There is no configuration, or not exactly one such mapping in it.
        """
        from provlint.cases.run import CaseError

        path = config or self._default
        if path is None:
            raise CaseError("the case names a target attribute; give the configuration: --config")
        units = [
            unit
            for schema in self._configuration(path).schemas
            for rule in schema.rules
            for object_mapping in rule.object_mappings
            if mapping is None or object_mapping.mapping.name == mapping
            for unit in object_mapping.attribute_mappings
        ]
        matching = [unit for unit in units if unit.mapping.target_attribute_name == target]
        if not matching:
            names = {unit.mapping.target_attribute_name for unit in units}
            hint = did_you_mean(target, names)
            raise CaseError(f"no mapping of `{path}` writes {quote(target)}; {hint}".rstrip("; "))
        if len(matching) > 1:
            where = alternatives(
                dict.fromkeys(unit.parent.mapping.name or "" for unit in matching), "and"
            )
            raise CaseError(f"{quote(target)} is written by {where}; name one with `mapping`")
        return self._found(matching[0])

    def _found(self, unit: AttributeMappingUnit) -> Found:
        rule = unit.parent.rule
        source = unit.mapping.source
        if unit.expression is not None:
            text = unit.expression.text
        elif unit.source_attribute is not None:
            text = f"[{unit.source_attribute}]"
        else:
            from provlint_grammar.printer import print_text

            constant = source.name if source is not None else unit.mapping.default_value
            text = print_text(constant or "")
        return Found(text, rule.dialect, rule.source_system, unit.source_attributes)

    def _configuration(self, path: str) -> ConfigurationUnit:
        from provlint.cases.run import CaseError
        from provlint.model import read_document
        from provlint.semantics.configuration import ConfigurationUnit
        from provlint.source.discovery import read_bytes
        from provlint.source.problem import SourceProblem
        from provlint.source.source_file import read_source

        if path not in self._read:
            data = read_bytes(path)
            if isinstance(data, SourceProblem):
                raise CaseError(data.message)
            document = read_document(read_source(data, path).reading.value)
            if not document.schemas:
                raise CaseError(f"`{path}` holds no provisioning configuration")
            self._read[path] = ConfigurationUnit(document)
        return self._read[path]
