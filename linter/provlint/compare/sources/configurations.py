"""From a text to a configuration, and from the candidates to pairs of configurations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from provlint.simulate.configuration_files import configuration_in, no_configuration
from provlint.simulate.inputs.problem import refuse
from provlint.source.sniff import might_hold_configuration
from provlint.wording import quote
from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from provlint.compare.sources.candidates import Candidate, Text
    from provlint.semantics.configuration import ConfigurationUnit


class ConfigurationPair(NamedTuple):
    """A configuration before and after; None where the file is on one side only.

    Attributes:
        name: How reports call it.
        old: As it was.
        new: As it is.
    """

    name: str
    old: ConfigurationUnit | None
    new: ConfigurationUnit | None


def configurations(
    candidates: Iterable[Candidate], application: str = "", jobs: tuple[Any, Any] = (None, None)
) -> list[ConfigurationPair]:
    """The configurations among the candidates. A file that was renamed is one pair.

    Args:
        candidates: Pairs of texts.
        application: Name of the application, where the user gave one.
        jobs: The values of the jobs of old and new schemas, where these are given apart.

    Raises:
        InputError: A text is damaged, or a file that was named holds no configuration.
    """
    pairs = []
    for candidate in candidates:
        old, new = (
            _configuration(candidate, text, application, job)
            for text, job in zip((candidate.old, candidate.new), jobs, strict=True)
        )
        if old is not None and new is not None:
            _check_alike(candidate, old, new)
        if old is not None or new is not None:
            pairs.append(ConfigurationPair(candidate.name, old, new))
    return _renamed(pairs)


def _check_alike(candidate: Candidate, old: ConfigurationUnit, new: ConfigurationUnit) -> None:
    """Refuse mappings on one side only, as in the list of jobs, which holds no schema."""
    if bool(old.schemas) is bool(new.schemas):
        return
    text = candidate.new if old.schemas else candidate.old
    assert text is not None
    message = f"{quote(text.name)} holds a job without its schema, so its mappings are unknown"
    advice = "export it with `GET …/jobs/{id}/schema`, or list jobs with `?$expand=schema`"
    raise refuse("no-schema", text.name, message, advice)


def _configuration(
    candidate: Candidate, text: Text | None, application: str, job: Any
) -> ConfigurationUnit | None:
    """The configuration of one side; None where the side, or a configuration in it, is not there.

    Raises:
        InputError: A part of the text is lost, or the user named it and it holds no configuration.
    """
    if text is None or not (candidate.explicit or might_hold_configuration(text.data)):
        return None
    found = configuration_in(text.data, text.name, job=job, application=application)
    if found is None and candidate.explicit:
        raise no_configuration(text.name)
    return found


def _renamed(pairs: list[ConfigurationPair]) -> list[ConfigurationPair]:
    """A removed and an added configuration of one job are the same, renamed."""
    gone = {
        _identity(pair.old): pair for pair in pairs if pair.old is not None and pair.new is None
    }
    found = []
    joined = set()
    for pair in pairs:
        if pair.new is not None and pair.old is None:
            twin = gone.pop(_identity(pair.new), None) if _identity(pair.new) else None
            if twin is not None:
                joined.add(twin.name)
                pair = pair._replace(name=f"{twin.name} -> {pair.name}", old=twin.old)
        found.append(pair)
    return [pair for pair in found if pair.name not in joined]


def _identity(unit: ConfigurationUnit | None) -> Any:
    if unit is None:
        return ()
    return tuple(schema.schema.id for schema in unit.schemas if schema.schema.id)
