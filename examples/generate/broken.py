"""Writes `mistakes/broken/`: files that are no JSON, or not one JSON document."""

from __future__ import annotations

from pathlib import Path

from files import write_text
from specimen import quoted

# In the texts below this sign stands before every culprit; it is not written.
MARK = "⟦"

RULE = """{
  "synchronizationRules": [
    {
      "id": "7d2a9f06-51c8-4e3b-b4a7-c60f18e95d23",
      "name": "USER_OUTBOUND_USER",
      "sourceDirectoryName": "Microsoft Entra ID",
      "targetDirectoryName": "customappsso",
      "objectMappings": [
        {
          "enabled": true,
          "flowTypes": "Add,Update,Delete",
          "sourceObjectName": "User",
          "targetObjectName": "User",
          "scope": null,
          "attributeMappings": [
            {
              "matchingPriority": 1,
              "targetAttributeName": "userName",
              "source": {
                "expression": "[userPrincipalName]",
                "name": "userPrincipalName",
                "type": "Attribute"
              }
            }
          ]
        }
      ]
    }
  ],
  "directories": []
}
"""

# File name, mistake, the parts of RULE to replace, why.
CHANGES: tuple[tuple[str, str, tuple[tuple[str, str], ...], str], ...] = (
    (
        "trailing-commas.json",
        "trailing-comma",
        (
            ('"type": "Attribute"\n', f'"type": "Attribute"{MARK},\n'),
            ("    }\n  ],\n", f"    }}{MARK},\n  ],\n"),
        ),
        "a comma before a closing bracket",
    ),
    (
        "comments.json",
        "comment",
        (
            ('"scope": null,', f'"scope": null, {MARK}// all users'),
            ('  "directories"', f'  {MARK}/* as in the portal */\n  "directories"'),
        ),
        "JSON has no comments",
    ),
    (
        "ellipsis.json",
        "ellipsis",
        (('"directories": []', f'"directories": [{MARK}...]'),),
        "a piece was left out",
    ),
    (
        "unquoted-keys.json",
        "unquoted-key",
        (
            ('"enabled": true', f"{MARK}enabled: true"),
            ('"flowTypes": "Add', f'{MARK}flowTypes: "Add'),
        ),
        "names stand in double quotes",
    ),
    (
        "single-quotes.json",
        "single-quotes",
        (('"name": "USER_OUTBOUND_USER"', f"\"name\": {MARK}'USER_OUTBOUND_USER'"),),
        "texts stand in double quotes",
    ),
    (
        "typographic-quotes.json",
        "typographic-quotes",
        (('"customappsso"', f"{MARK}“customappsso”"),),
        "texts stand in straight double quotes",
    ),
    (
        "missing-comma.json",
        "missing-comma",
        (('"matchingPriority": 1,', f'"matchingPriority": 1{MARK}'),),
        "a comma is missing after the value",
    ),
    (
        "python-literals.json",
        "wrong-literal",
        (('"enabled": true', f'"enabled": {MARK}True'), ('"scope": null', f'"scope": {MARK}None')),
        "written true, false and null",
    ),
    (
        "backslash.json",
        "bad-escape",
        (
            (
                '"[userPrincipalName]"',
                f'"Replace([userPrincipalName], , \\"{MARK}\\d+\\", , \\"\\", , )"',
            ),
        ),
        "a backslash in a JSON text must be doubled",
    ),
    (
        "line-break.json",
        "raw-line-break",
        (('"[userPrincipalName]"', f'"[userPrincipalName{MARK}\n]"'),),
        "a text may not run over the end of the line",
    ),
    (
        "cut-off.json",
        "unclosed",
        (
            (
                '                "type": "Attribute"\n              }\n            }\n          ]\n'
                '        }\n      ]\n    }\n  ],\n  "directories": []\n}\n',
                f'                "type": "Attribute"\n{MARK}',
            ),
        ),
        "the file ends too early",
    ),
    (
        "two-documents.json",
        "extra-text",
        (('  "directories": []\n}\n', f'  "directories": []\n}}\n{MARK}{{}}\n'),),
        "a second document follows",
    ),
    (
        "duplicate-keys.json",
        "duplicate-key",
        (
            (
                '"targetAttributeName": "userName",',
                f'"targetAttributeName": "userName", {MARK}"targetAttributeName": "mail",',
            ),
        ),
        "the name stands twice in one object",
    ),
    (
        "merge-conflict.json",
        "merge-conflict",
        (
            (
                '          "scope": null,\n',
                f'{MARK}<<<<<<< HEAD\n          "scope": null,\n=======\n          "scope": {{}},\n'
                ">>>>>>> feature/scope\n",
            ),
        ),
        "an unfinished merge",
    ),
    (
        "terraform-directive.json.tftpl",
        "template-directive",
        (('"enabled": true,', f'"enabled": {MARK}${{enabled}},'),),
        "a template value outside of a text",
    ),
)


def write(examples: Path) -> None:
    """Write the folder."""
    folder = examples / "mistakes" / "broken"
    for name, mistake, replacements, why in CHANGES:
        text = RULE
        for old, new in replacements:
            if text.count(old) != 1:
                raise ValueError(f"{name}: found {text.count(old)} times: {old}")
            text = text.replace(old, new)
        lines = [f"# What is wrong in {name}, and where: line and column from 1.", ""]
        for number, line in enumerate(text.split("\n"), start=1):
            for count, column in enumerate(_columns(line)):
                lines += ["[[mistake]]", f"mistake = {quoted(mistake)}", f"line = {number}"]
                lines += [f"column = {column - count + 1}", f"why = {quoted(why)}", ""]
        write_text(folder / name, text.replace(MARK, ""))
        write_text(folder / f"{name.split('.')[0]}.expected.toml", "\n".join(lines))
    write_text(folder / "empty.json", "")
    write_text(folder / "not-json.json", "Get-MgServicePrincipal : Access is denied.\n")


def _columns(line: str) -> list[int]:
    return [at for at, character in enumerate(line) if character == MARK]
