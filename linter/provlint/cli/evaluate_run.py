"""The work of `provlint evaluate`, once its options are understood."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from provlint.cli.exit_status import CLEAN, FAILED, FINDINGS
from provlint.cli.failure import failed
from provlint.evaluation.program import compile_expression, make_context
from provlint.wording import alternatives, did_you_mean, quote
from provlint_grammar.named_tuple import NamedTuple

if TYPE_CHECKING:
    from provlint.evaluation.program import Evaluation, EvaluationProblem, Program
    from provlint.report.style import Look
    from provlint.semantics.configuration import AttributeMappingUnit

EXPRESSION_NAME = "<expression>"

_WORDS = {
    "null": "(null: nothing flows)",
    "dropped": "(dropped: the target keeps its value)",
    "object-skipped": "(object skipped)",
}


class UnusableError(Exception):
    """The command line or a file cannot be used.

    Attributes:
        help: What to do.
    """

    def __init__(self, message: str, help: str = "") -> None:  # noqa: A002 - as in reports
        super().__init__(message)
        self.help = help


class Subject(NamedTuple):
    """What is evaluated.

    Attributes:
        text: The expression.
        dialect: Its dialect.
        source: The source system, or None.
        constant: The value of a constant mapping; its text is no expression.
        direct: Whether the mapping takes one attribute as it is.
    """

    text: str
    dialect: str
    source: str | None
    constant: bool = False
    direct: bool = False


def run(expression: str | None, options: dict[str, Any]) -> int:
    """Evaluate, print and return the exit status.

    Args:
        expression: The text on the command line, or None.
        options: The options of the command by click's names.
    """
    try:
        subject = _subject(expression, options)
        inputs = _inputs(options)
        context = make_context(
            source=subject.source,
            now=options["now"],
            seed=options["seed"],
            taken=_taken(options["taken_path"]),
            macros=dict(_pairs(options["macros"], "--macro")),
        )
    except UnusableError as error:
        return failed(str(error), error.help)
    except ValueError as error:
        return failed(str(error))
    if subject.constant:
        return _print_constant(subject.text, options)
    program = compile_expression(subject.text, dialect=subject.dialect, trace=options["trace"])
    if program.problem is not None:
        return _refuse(program, subject, options)
    found = program.run(inputs, context)
    if subject.direct:
        kept = tuple(name for name in found.contested if name != "lone-operand")
        found = found._replace(contested=kept)
    if options["output_format"] == "json":
        _write(_json(program, found))
    else:
        _print(program, found, options)
        _tell_missing(program, inputs)
    return FINDINGS if found.outcome in ("error", "escrow") else CLEAN


# ---------------------------------------------------------------------- input


def _subject(expression: str | None, options: dict[str, Any]) -> Subject:
    target, path = options["target"], options["config_path"]
    if expression is not None and (target or path):
        raise UnusableError(
            "both an EXPRESSION and --attribute or --config are given",
            "give an EXPRESSION alone, or --attribute with --config",
        )
    if expression is not None:
        if expression == "-":
            expression = sys.stdin.read().rstrip("\r\n")
        return Subject(expression, options["dialect"] or "app-provisioning", options["source"])
    if not target or not path:
        raise UnusableError(
            "there is nothing to evaluate: expected an EXPRESSION, or --attribute with --config",
            "write the expression in quotation marks of the shell",
        )
    unit = _mapping(path, target, options["mapping"])
    source = unit.mapping.source
    system = options["source"] or _known(unit.parent.rule.source_system)
    dialect = options["dialect"] or unit.parent.rule.dialect
    if source is None:
        raise UnusableError(
            f"the mapping of {quote(target)} has no source", "choose another target attribute"
        )
    attribute = unit.source_attribute
    if attribute is not None:
        return Subject(f"[{attribute}]", dialect, system, direct=True)
    if unit.expression is not None:
        return Subject(unit.expression.text, dialect, system)
    text = source.expression if source.expression is not None else source.name
    if source.type == "Constant" and text is not None:
        return Subject(text.strip('"'), dialect, system, constant=True)
    raise UnusableError(
        f"the mapping of {quote(target)} has no text of its expression",
        "export the configuration again, with `expression` in every source",
    )


def _known(system: str) -> str | None:
    return None if system == "unknown" else system


def _mapping(path: str, target: str, name: str | None) -> AttributeMappingUnit:
    from provlint.model import read_document
    from provlint.semantics.configuration import ConfigurationUnit

    content = read_document(_file(path))
    if content.shape == "unrecognised":
        raise UnusableError(
            f"`{path}` holds no provisioning configuration",
            "give an exported schema, job or mapping",
        )
    units = [
        unit
        for schema in ConfigurationUnit(content).schemas
        for rule in schema.rules
        for parent in rule.object_mappings
        for unit in parent.attribute_mappings
    ]
    found = [unit for unit in units if unit.mapping.target_attribute_name == target]
    if not found:
        names = {unit.mapping.target_attribute_name for unit in units}
        folded = [each for each in units
                  if each.mapping.target_attribute_name.lower() == target.lower()]  # fmt: skip
        if len({unit.mapping.target_attribute_name for unit in folded}) == 1:
            found = folded
        else:
            raise UnusableError(
                f"no mapping in `{path}` has the target attribute {quote(target)}",
                did_you_mean(target, names) or "list the target attributes of the file",
            )
    if name is not None:
        named = [unit for unit in found if _title(unit) == name]
        if not named:
            raise UnusableError(
                f"no object mapping called {quote(name)} has the target attribute"
                f" {quote(target)}; there are {alternatives(map(_title, found), 'and')}",
                "give one of these names by --mapping",
            )
        found = named
    if len(found) > 1:
        raise UnusableError(
            f"{len(found)} mappings have the target attribute {quote(target)}: "
            f"{alternatives(map(_title, found), 'and')}",
            "choose one by --mapping NAME",
        )
    return found[0]


def _title(unit: AttributeMappingUnit) -> str:
    mapping = unit.parent.mapping
    return mapping.name or f"{mapping.source_object_name} to {mapping.target_object_name}"


def _inputs(options: dict[str, Any]) -> dict[str, Any]:
    inputs: dict[str, Any] = {}
    path = options["inputs_path"]
    if path:
        value = _file(path)
        if not isinstance(value, dict):
            raise UnusableError(
                f"`{path}` does not hold an object; expected attribute names with their values",
                'write `{"givenName": "Ana", "manager": null}`',
            )
        inputs.update(value)
    inputs.update(_pairs(options["inputs"], "--input"))
    for name, text in _pairs(options["lists"], "--list"):
        inputs[name] = text.split(",") if text else []
    for name in options["nulls"]:
        inputs[name] = None
    return inputs


def _pairs(words: tuple[str, ...], option: str) -> list[tuple[str, str]]:
    pairs = []
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or not name:
            raise UnusableError(
                f"{quote(word)} of {option} has no `=`; expected a name and a value"
                if not equals
                else f"{quote(word)} of {option} has no name before `=`",
                f"write `{option} name=value`",
            )
        pairs.append((_bare(name), value))
    return pairs


def _bare(name: str) -> str:
    """The name of an attribute that may have been written with its brackets."""
    return name[1:-1] if name[0] == "[" and name[-1] == "]" else name


def _taken(path: str | None) -> list[str]:
    if path is None:
        return []
    from provlint.source.encoding import decode

    text = decode(_bytes(path)).text
    if text.lstrip()[:1] == "[":
        value = _file(path)
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return value
        raise UnusableError(f"`{path}` is no list of texts", 'write `["a", "b"]`, or one a line')
    return [line for line in (line.strip() for line in text.splitlines()) if line]


def _bytes(path: str) -> bytes:
    from provlint.source.discovery import read_bytes

    data = read_bytes(path)
    if not isinstance(data, bytes):
        raise UnusableError(f"`{path}`: {data.message}", data.help)
    return data


def _file(path: str) -> Any:
    """The value of a JSON or YAML file."""
    from provlint.source.source_file import read_source

    file = read_source(_bytes(path), path)
    for problem in file.problems:
        line, column = file.lines.position(problem.start)
        raise UnusableError(f"{path}:{line}:{column}: {problem.message}", problem.help)
    return file.reading.value


# ---------------------------------------------------------------------- output


def _print(program: Program, found: Evaluation, options: dict[str, Any]) -> None:
    from provlint.report.cells import harmless
    from provlint.report.style import look

    if options["trace"] and found.trace is not None:
        from provlint.evaluation.words import lines

        _write("".join(f"{harmless(line)}\n" for line in lines(found.trace)) + "\n")
    if found.problem is not None:
        style = look(sys.stderr, os.environ, options["colour"])
        word = "escrow" if found.outcome == "escrow" else "error"
        _tell(excerpt(program.text, found.problem, style, word))
    elif found.outcome == "list" and not found.value:
        _write("(no values)\n")
    elif found.outcome in ("value", "list"):
        _write("".join(f"{harmless(text) or '(empty text)'}\n" for text in found.texts))
    else:
        _write(f"{_WORDS[found.outcome]}\n")
    for name in found.contested:
        from provlint.evaluation.readings import READINGS

        _tell(f"contested: {name}: provlint {READINGS[name].does}\n")
    if found.nondeterministic:
        _tell("note: random: another value at every evaluation\n")
    if found.time_dependent and options["now"] is None:
        _tell("note: depends on the present; fix it with --now\n")
    if found.redacted:
        _tell("note: the provisioning log shows [Redact] in place of the value\n")


def _tell_missing(program: Program, inputs: dict[str, Any]) -> None:
    missing = [name for name in program.attributes if name not in inputs]
    if missing:
        near = {name: did_you_mean(name, inputs) for name in missing}
        hint = next((f"; {text}" for text in near.values() if text), "")
        verb = "is" if len(missing) == 1 else "are"
        _tell(
            f"note: {alternatives((f'[{name}]' for name in missing), 'and')} {verb} not given, and"
            f" so absent{hint}\n"
        )


def _print_constant(text: str, options: dict[str, Any]) -> int:
    if options["output_format"] == "json":
        from provlint.evaluation.program import Evaluation

        _write(_json(None, Evaluation("value", text, type="text")))
    else:
        _write(f"{text or '(empty text)'}\n")
    return CLEAN


def _json(program: Program | None, found: Evaluation) -> str:
    from provlint.cli.evaluate_json import published
    from provlint.cli.machine_output import for_programs
    from provlint.report.json_text import json_text

    for_programs("json")
    return json_text(published(program, found))


def excerpt(text: str, problem: EvaluationProblem, style: Look, word: str = "error") -> str:
    """A problem with the characters of the expression that it is about."""
    from provlint.diagnostic import Position, Range
    from provlint.report.cells import harmless
    from provlint.report.excerpt import Excerpts, Mark
    from provlint.source.lines import LineIndex

    index = LineIndex(text)
    start = Position(*index.position(problem.span.start))
    end = Position(*index.position(max(problem.span.end, problem.span.start)))
    gutter = len(str(end.line))
    rows = [
        style.paint("error", word) + style.paint("message", f": {harmless(problem.message)}"),
        f"{' ' * gutter}--> {EXPRESSION_NAME}:{start.line}:{start.column}",
        f"{' ' * gutter} |",
        *Excerpts(index, style).draw([Mark(Range(start, end), "error")], gutter),
    ]
    if problem.help:
        rows.append(f"{' ' * gutter} = {style.paint('help', 'help:')} {harmless(problem.help)}")
    return "".join(f"{row}\n" for row in rows)


def _refuse(program: Program, subject: Subject, options: dict[str, Any]) -> int:
    """Say what is wrong with an expression that can never be evaluated."""
    assert program.problem is not None
    if options["output_format"] == "json":
        _write(_json(program, program.run({})))
        return FAILED
    from provlint.report.style import look

    style = look(sys.stderr, os.environ, options["colour"])
    _tell(_findings(subject, style) or excerpt(program.text, program.problem, style))
    return FAILED


def _findings(subject: Subject, style: Look) -> str:
    """The linter's errors, which know more of what was meant."""
    from provlint.diagnostic import ERROR
    from provlint.lint import lint_expression
    from provlint.report.result import FileResult, Run
    from provlint.report.text import findings
    from provlint.source.lines import LineIndex

    found = lint_expression(subject.text, dialect=subject.dialect, source=subject.source)
    errors = tuple(diagnostic for diagnostic in found if diagnostic.severity == ERROR)
    file = FileResult(EXPRESSION_NAME, errors, LineIndex(subject.text))
    return findings(Run((file,), 1, 1), style) if errors else ""


def _write(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def _tell(text: str) -> None:
    sys.stderr.write(text)
