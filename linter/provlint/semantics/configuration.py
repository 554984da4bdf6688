"""The index of one configuration: what stands where, and what each name refers to.

One class per unit that a rule may ask for (`provlint.rule.Unit`). A unit knows the units around
it, so a rule on a clause can ask for the attribute definition that the clause names.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from provlint.diagnostic import Place, Subject
from provlint.semantics.systems import HR_SYSTEMS, directory_system, template_source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from provlint.model.tree import (
        AttributeDefinition,
        AttributeMapping,
        Directory,
        Document,
        FilterClause,
        FilterGroup,
        ObjectDefinition,
        ObjectMapping,
        Schema,
        Scope,
        SynchronizationRule,
    )
    from provlint.semantics.systems import System
    from provlint.source import SourceProblem
    from provlint_grammar.syntax import Call, Expression, ParsedExpression

CLOUD_SYNC_TEMPLATES = (
    "ad2aadprovisioning",
    "ad2aadpasswordhash",
    "aad2ad",
    "aad2adgroup",
    "aad2adgroupprovisioning",
)


class ConfigurationUnit:
    """A file under lint, and what the user said about it.

    Attributes:
        document: What the file holds.
        problems: What is wrong with the file as text; offsets are in the text of the file.
        application: The name given on the command line or in the configuration file, if any.
        dialect: The expression dialect the user asked for, if any.
    """

    __slots__ = ("application", "dialect", "document", "problems", "schemas")

    def __init__(
        self,
        document: Document,
        *,
        problems: tuple[SourceProblem, ...] = (),
        application: str = "",
        dialect: str | None = None,
    ) -> None:
        self.document = document
        self.problems = problems
        self.application = application
        self.dialect = dialect
        self.schemas = tuple(SchemaUnit(self, schema) for schema in document.schemas)

    @property
    def subject(self) -> Subject:
        """What a finding here is about."""
        return Subject(application=self.application)


class SchemaUnit:
    """A schema and its directories by name."""

    __slots__ = ("configuration", "directories", "rules", "schema", "template_id")

    def __init__(self, configuration: ConfigurationUnit, schema: Schema) -> None:
        self.configuration = configuration
        self.schema = schema
        self.directories: dict[str, Directory] = {}
        for directory in schema.directories or ():
            self.directories.setdefault(directory.name, directory)
        self.template_id = _template_id(schema)
        self.rules = tuple(SynchronizationRuleUnit(self, rule) for rule in schema.rules)

    @property
    def complete(self) -> bool:
        """Whether the schema says all, so that what is missing is missing in the service too."""
        return not self.schema.fragment and self.schema.directories is not None

    @property
    def subject(self) -> Subject:
        """What a finding here is about."""
        return self.configuration.subject


def _template_id(schema: Schema) -> str:
    if schema.job is not None and schema.job.template_id:
        return schema.job.template_id
    if schema.template is not None and schema.template.id:
        return schema.template.id
    identifier = schema.id or (schema.job.id if schema.job is not None else None) or ""
    return identifier.partition(".")[0] if "." in identifier else ""


class SynchronizationRuleUnit:
    """A synchronization rule and the two directories that it names."""

    __slots__ = (
        "object_mappings",
        "rule",
        "schema",
        "source_directory",
        "source_system",
        "target_directory",
        "target_system",
    )

    def __init__(
        self,
        schema: SchemaUnit,
        rule: SynchronizationRule,
        *,
        source_system: System | None = None,
        target_system: System | None = None,
    ) -> None:
        self.schema = schema
        self.rule = rule
        source, target = rule.source_directory_name, rule.target_directory_name
        self.source_directory = schema.directories.get(source or "")
        self.target_directory = schema.directories.get(target or "")
        self.source_system: System = (
            source_system
            or template_source(schema.template_id)
            or directory_system(source or "", self.source_directory)
        )
        self.target_system: System = target_system or directory_system(
            target or "", self.target_directory
        )
        self.object_mappings = tuple(
            ObjectMappingUnit(self, mapping) for mapping in rule.object_mappings
        )

    @property
    def dialect(self) -> str:
        """The expression dialect that the rule's mappings are written in."""
        asked = self.schema.configuration.dialect
        if asked is not None:
            return asked
        if self.schema.template_id.lower() in CLOUD_SYNC_TEMPLATES:
            return "cloud-sync"
        pair = {self.source_system, self.target_system}
        return "cloud-sync" if pair == {"entra", "active-directory"} else "app-provisioning"

    @property
    def from_hr(self) -> bool:
        """Whether the source is a system of record for people."""
        return self.source_system in HR_SYSTEMS

    @property
    def subject(self) -> Subject:
        """What a finding here is about."""
        return Subject(
            self.schema.configuration.application or self.rule.target_directory_name or ""
        )


class ObjectMappingUnit:
    """An object mapping, and the definitions of its two objects as far as the file has them."""

    __slots__ = (
        "attribute_mappings",
        "mapping",
        "rule",
        "source_attributes",
        "source_object",
        "target_attributes",
        "target_object",
    )

    def __init__(
        self,
        rule: SynchronizationRuleUnit,
        mapping: ObjectMapping,
        *,
        source_attributes: Mapping[str, AttributeDefinition] | None = None,
    ) -> None:
        self.rule = rule
        self.mapping = mapping
        self.source_object = _object(rule.source_directory, mapping.source_object_name)
        self.target_object = _object(rule.target_directory, mapping.target_object_name)
        self.source_attributes: Mapping[str, AttributeDefinition] | None = (
            source_attributes
            if source_attributes is not None
            else _by_name(self.source_object, rule.schema)
        )
        self.target_attributes = _by_name(self.target_object, rule.schema)
        self.attribute_mappings = tuple(
            AttributeMappingUnit(self, attribute_mapping)
            for attribute_mapping in mapping.attribute_mappings
        )

    @property
    def is_stub(self) -> bool:
        """Whether this is one of the service's internal mappings, which nothing refers to."""
        return not self.mapping.enabled and not self.mapping.source_object_name

    @property
    def matching(self) -> tuple[AttributeMappingUnit, ...]:
        """The matching attribute mappings in the order in which the service tries them."""
        found = [unit for unit in self.attribute_mappings if unit.mapping.matching_priority > 0]
        return tuple(sorted(found, key=lambda unit: unit.mapping.matching_priority))

    @property
    def maps_users(self) -> bool:
        """Whether the source objects are people."""
        return self.mapping.source_object_name.lower() in PEOPLE

    @property
    def maps_groups(self) -> bool:
        """Whether the source objects are groups."""
        return self.mapping.source_object_name.lower() == "group"

    @property
    def scope_unit(self) -> ScopeUnit | None:
        """The filters of this mapping."""
        scope = self.mapping.scope
        return ScopeUnit(self, scope) if scope is not None else None

    @property
    def subject(self) -> Subject:
        """What a finding here is about."""
        return self.rule.subject._replace(mapping=self.mapping.name or "")

    def place(self, member: str = "") -> Place:
        """The mapping, or one member of it."""
        return Place(self.mapping.pointer + (f"/{member}" if member else ""))


PEOPLE = frozenset({"user", "inetorgperson", "worker", "employee", "peruser", "person"})
"""Source object names, in lower case, that stand for people."""


def _object(directory: Directory | None, name: str) -> ObjectDefinition | None:
    if directory is None:
        return None
    for definition in directory.objects:
        if definition.name == name:
            return definition
    return None


def _by_name(
    definition: ObjectDefinition | None, schema: SchemaUnit
) -> Mapping[str, AttributeDefinition] | None:
    """Attribute definitions by name; None when the file does not tell them all."""
    if definition is None or not definition.attributes or not schema.complete:
        return None
    return {attribute.name: attribute for attribute in definition.attributes}


class AttributeMappingUnit:
    """An attribute mapping, its parsed expression, and the definition of its target."""

    __slots__ = ("_expression", "mapping", "parent")

    def __init__(self, parent: ObjectMappingUnit, mapping: AttributeMapping) -> None:
        self.parent = parent
        self.mapping = mapping
        self._expression: ExpressionUnit | None = None

    @property
    def target(self) -> AttributeDefinition | None:
        """The definition of the target attribute, if the file has it."""
        attributes = self.parent.target_attributes
        return attributes.get(self.mapping.target_attribute_name) if attributes else None

    @property
    def expression(self) -> ExpressionUnit | None:
        """The parsed source; None for a mapping without source, or one that is a plain value."""
        source = self.mapping.source
        if self._expression is None and source is not None:
            text = source.expression
            if text is not None and (source.type != "Constant" or _is_call(text)):
                self._expression = ExpressionUnit(self, text, source.pointer + "/expression")
        return self._expression

    @property
    def source_attribute(self) -> str | None:
        """The name of the source attribute of a direct mapping."""
        source = self.mapping.source
        if source is None or source.type != "Attribute":
            return None
        if source.expression is None:
            return source.name
        return None if self.expression is None else self.expression.lone_attribute

    @property
    def source_attributes(self) -> tuple[str, ...]:
        """The names of the source attributes that the mapping reads, each once."""
        if self.expression is not None:
            return self.expression.attribute_names
        name = self.source_attribute
        return () if name is None else (name,)

    @property
    def subject(self) -> Subject:
        """What a finding here is about."""
        return self.parent.subject._replace(target=self.mapping.target_attribute_name)

    def place(self, member: str = "") -> Place:
        """The mapping, or one member of it."""
        return Place(self.mapping.pointer + (f"/{member}" if member else ""))


def _is_call(text: str) -> bool:
    stripped = text.rstrip()
    return stripped.endswith(")") and not stripped.startswith('"')


class ExpressionUnit:
    """A mapping expression in its mapping."""

    __slots__ = ("attribute_mapping", "parsed", "pointer", "text")

    def __init__(self, attribute_mapping: AttributeMappingUnit, text: str, pointer: str) -> None:
        self.attribute_mapping = attribute_mapping
        self.text = text
        self.pointer = pointer
        self.parsed: ParsedExpression = parse_once(text)

    @property
    def tree(self) -> Expression | None:
        """The syntax tree; None for an empty text."""
        return self.parsed.tree

    @property
    def dialect(self) -> str:
        """The dialect that the expression is read in."""
        return self.rule.dialect

    @property
    def rule(self) -> SynchronizationRuleUnit:
        """The synchronization rule around the expression."""
        return self.attribute_mapping.parent.rule

    @property
    def attribute_names(self) -> tuple[str, ...]:
        """Names of the source attributes that the expression reads, each once, in order."""
        from provlint_grammar.syntax import attributes

        tree = self.tree
        return () if tree is None else tuple(dict.fromkeys(a.name for a in attributes(tree)))

    @property
    def lone_attribute(self) -> str | None:
        """The name, where the whole expression is one attribute."""
        from provlint_grammar.syntax import Attribute

        return self.tree.name if isinstance(self.tree, Attribute) else None

    @property
    def subject(self) -> Subject:
        """What a finding here is about."""
        return self.attribute_mapping.subject

    def place(self, start: int | None = None, end: int | None = None) -> Place:
        """The whole expression, or the characters from `start` to `end` of it."""
        if start is None or end is None:
            return Place(self.pointer, "text", 0, max(len(self.text), 1))
        return Place(self.pointer, "text", start, end)

    def calls(self) -> Iterator[CallUnit]:
        """Every call, the outermost first."""
        from provlint_grammar import syntax

        if self.tree is None:
            return
        pending: list[tuple[Expression, CallUnit | None]] = [(self.tree, None)]
        while pending:
            node, parent = pending.pop()
            if isinstance(node, syntax.Call):
                parent = CallUnit(self, node, parent)
                yield parent
            pending.extend((child, parent) for child in reversed(syntax.children(node)))


class CallUnit:
    """A call of a function in an expression."""

    __slots__ = ("call", "expression", "parent")

    def __init__(self, expression: ExpressionUnit, call: Call, parent: CallUnit | None) -> None:
        self.expression = expression
        self.call = call
        self.parent = parent

    @property
    def subject(self) -> Subject:
        """What a finding here is about."""
        return self.expression.subject

    def place(self, node: Expression | None = None) -> Place:
        """Where `node` stands, or the whole call."""
        span = (self.call if node is None else node).span
        return self.expression.place(span.start, max(span.end, span.start + 1))

    def text(self, node: Expression) -> str:
        """The characters of `node` as the user wrote them."""
        return self.expression.text[node.span.start : node.span.end]

    def name_place(self) -> Place:
        """Where the name of the function stands."""
        return self.expression.place(*self.call.name_span)


class ScopeUnit:
    """The filters of an object mapping."""

    __slots__ = ("groups", "object_mapping", "scope")

    def __init__(self, object_mapping: ObjectMappingUnit, scope: Scope) -> None:
        self.object_mapping = object_mapping
        self.scope = scope
        sets = (
            ("groups", scope.groups),
            ("inputFilterGroups", scope.input_filter_groups),
            ("categoryFilterGroups", scope.category_filter_groups),
        )
        self.groups = tuple(
            FilterGroupUnit(self, group, filter_set)
            for filter_set, found in sets
            for group in found
        )

    @property
    def subject(self) -> Subject:
        """What a finding here is about."""
        return self.object_mapping.subject


class FilterGroupUnit:
    """A group of clauses, in one of the three filter sets of its scope."""

    __slots__ = ("clauses", "filter_set", "group", "scope")

    def __init__(self, scope: ScopeUnit, group: FilterGroup, filter_set: str) -> None:
        self.scope = scope
        self.group = group
        self.filter_set = filter_set
        self.clauses = tuple(ClauseUnit(self, clause) for clause in group.clauses)

    @property
    def subject(self) -> Subject:
        """What a finding here is about."""
        return self.scope.subject._replace(filter_group=self.group.name or "")

    @property
    def place(self) -> Place:
        """The title of the group, or the group where it has none."""
        return Place(self.group.pointer + ("/name" if self.group.name else ""))


class ClauseUnit:
    """One test of a filter group, and the definition of the attribute that it names."""

    __slots__ = ("clause", "group")

    def __init__(self, group: FilterGroupUnit, clause: FilterClause) -> None:
        self.group = group
        self.clause = clause

    @property
    def object_mapping(self) -> ObjectMappingUnit:
        """The object mapping that the filter belongs to."""
        return self.group.scope.object_mapping

    @property
    def attribute(self) -> AttributeDefinition | None:
        """The definition of the attribute, if the file has it."""
        attributes = self.object_mapping.source_attributes
        return attributes.get(self.clause.source_operand_name) if attributes else None

    @property
    def subject(self) -> Subject:
        """What a finding here is about."""
        return self.group.subject

    def attribute_place(self) -> Place:
        """Where the attribute is named."""
        return Place(self.clause.pointer + "/sourceOperandName")

    def operator_place(self) -> Place:
        """Where the operator is named."""
        return Place(self.clause.pointer + "/operatorName")

    @property
    def deciding_place(self) -> Place:
        """What makes the clause this one and no other: its value, or its operator."""
        return self.value_place() if self.clause.values else self.operator_place()

    def value_place(
        self, index: int = 0, start: int | None = None, end: int | None = None
    ) -> Place:
        """Where a value stands, or the characters from `start` to `end` of it."""
        pointer = f"{self.clause.pointer}/targetOperand/values/{index}"
        if start is None or end is None:
            return Place(pointer)
        return Place(pointer, "text", start, end)


_PARSED: dict[str, ParsedExpression] = {}
_PARSED_LIMIT = 20_000


def parse_once(text: str) -> ParsedExpression:
    """Parse an expression; each distinct text once in a process."""
    parsed = _PARSED.get(text)
    if parsed is None:
        from provlint_grammar.expression import parse_expression

        if len(_PARSED) >= _PARSED_LIMIT:
            _PARSED.clear()
        parsed = _PARSED[text] = parse_expression(text)
    return parsed
