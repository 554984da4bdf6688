"""What is said about each defect of a JSON text: one message and one hint per code."""

from __future__ import annotations

WORDING: dict[str, tuple[str, str]] = {
    "bad-escape": (
        "{found} is not an escape of JSON",
        'double the backslash, or write one of `\\"`, `\\\\`, `\\/`, `\\b`, `\\f`, `\\n`, `\\r`,'
        " `\\t`, `\\u0000`",
    ),
    "bad-number": ("{found} is not a number of JSON", "write {instead}"),
    "comment": (
        "JSON has no comments, but {found} stands here",
        "remove the comment, Microsoft Graph refuses it",
    ),
    "control-character": (
        "a string holds a raw {found}",
        "write {instead} in the string",
    ),
    "directive-outside-string": (
        "the Terraform directive {found} stands outside a string",
        "lint the file that Terraform renders, or name the template `.json.tftpl`",
    ),
    "double-comma": (
        "two commas follow each other with nothing between them",
        "remove one comma, or put the missing {item} between them",
    ),
    "duplicate-key": (
        "the key {found} stands twice in one object, the last one counts",
        "remove one of the two",
    ),
    "ellipsis": (
        "{found} stands for something that was left out",
        "put in what was left out, or remove {found}",
    ),
    "empty-file": ("the file is empty", "export the schema again"),
    "foreign-literal": ("{found} is not a value of JSON", "write {instead}"),
    "invisible-character": (
        "an invisible character ({found}) stands outside a string",
        "replace it with a blank; it often comes from a web page",
    ),
    "leading-comma": (
        "a comma is not allowed right after {opener}",
        "remove the comma, or put the missing {item} before it",
    ),
    "lone-surrogate": (
        "{found} is half of a character",
        "write both halves, such as `\\ud83d\\ude00`, or remove it",
    ),
    "member-in-array": (
        "{found} is a key, but keys stand in `{{` and `}}`, not in `[` and `]`",
        "put braces around the keys and values",
    ),
    "merge-conflict": (
        "git left a merge conflict here; the first side of it is checked",
        "settle the conflict, and remove the marks `<<<<<<<`, `=======` and `>>>>>>>`",
    ),
    "missing-colon": (
        "a colon is missing between the key {key} and {found}",
        "put `:` after the key",
    ),
    "missing-comma": ("a comma is missing before {found}", "put `,` after {previous}"),
    "missing-key": (
        "a key in double quotes was expected, but {found} stands here",
        'write it as `"key": value`',
    ),
    "missing-value": (
        "the key {key} has no value, {found} follows",
        "write a value after the colon, or remove the key",
    ),
    "nested-too-deeply": (
        "objects and arrays are nested more than {limit} deep",
        "check for brackets that were opened by mistake",
    ),
    "newline-in-string": (
        "a string goes on over a line break",
        "write the string on one line, and `\\n` where a line break is meant",
    ),
    "not-json": ("this is not JSON: it begins with {found}", "{instead}"),
    "powershell-object": (
        "{found} is how PowerShell displays an object, not JSON",
        "export it again with `ConvertTo-Json -Depth 100`",
    ),
    "several-documents": (
        "another JSON document begins here",
        "put each document in its own file, or all of them in `[` and `]` with commas between",
    ),
    "single-quotes": ("{found} stands in single quotes", 'use double quotes, `"`'),
    "stray-bracket": ("{found} closes nothing", "remove it, or put the missing {opener} before"),
    "text-after-json": (
        "text follows after the end of the JSON: {found}",
        "remove what does not belong to the JSON",
    ),
    "text-before-json": (
        "text stands before the JSON: {found}",
        "remove what does not belong to the JSON",
    ),
    "trailing-comma": (
        "a comma is not allowed before {closer}",
        "remove the comma",
    ),
    "truncated-file": (
        "the file ends inside {count} brackets that are still open",
        "export the file again, the end is missing",
    ),
    "typographic-quotes": (
        "{found} stands in typographic quotes",
        'use straight quotes, `"`; word processors and chats change them',
    ),
    "unclosed-array": ("`[` is not closed before {found}", "put `]` where the array ends"),
    "unclosed-object": ("`{{` is not closed before {found}", "put `}}` where the object ends"),
    "unclosed-string": (
        "the string {found} has no closing quote",
        'put `"` where the string ends',
    ),
    "unopened-string": (
        "the string {found} has no opening quote",
        'put `"` where the string begins',
    ),
    "unescaped-quote": (
        "the string holds quotes that are not escaped: {found}",
        'write `\\"` for each quote inside a string',
    ),
    "unexpected-text": ("{found} does not belong here", "remove it, or put it in double quotes"),
    "unquoted-key": ("the key {found} is not in double quotes", 'write `"{bare}"`'),
    "unquoted-string": ("the text {found} is not in double quotes", 'write `"{bare}"`'),
    "wrong-bracket": ("{opener} is closed by {found}", "write {instead}"),
    "wrong-separator": ("{found} stands where a comma is expected", "write `,`"),
}

ACCEPTED: dict[str, frozenset[str]] = {
    "json": frozenset(),
    "jsonc": frozenset({"comment", "trailing-comma"}),
    "template": frozenset({"directive-outside-string"}),
}
"""What is no defect in a dialect."""
