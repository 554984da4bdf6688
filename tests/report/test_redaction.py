import pytest

from provlint.diagnostic import Fix, Place, Related, Subject, TextEdit
from provlint.report import FORMATS
from provlint.report.github import github_step_summary
from provlint.report.redaction import find_secrets, redact
from provlint.report.result import Suppressed
from provlint.report.style import PLAIN, Look

CANARY = "c4n4ry-7Qx!z"


@pytest.mark.parametrize(
    "text",
    [
        '{"key": "SecretToken", "value": "%s"}',
        '{"value": "%s", "key": "SecretToken"}',
        '{\n  "key": "ClientSecret",\n  "value": "%s"\n}',
        '{\n  "value": "%s",\n  "key": "Oauth2RefreshToken"\n}',
        '{"Key":"Oauth2AccessToken","Value":"%s"}',
        '{"key": "AppKey", "@odata.type": "#x", "value": "%s"}',
        '"SecretToken": "%s"',
        '"secretToken" : "%s",',
        '"Password":"%s"',
        '"oauth2ClientSecret": "%s"',
        '"ConsumerSecret": "%s"',
        '"TokenKey": "%s"',
        '"ConnectionString": "%s"',
        '"passwordCredentials": [{"secretText": "%s"}]',
        '{"value": "[{\\"key\\":\\"SecretToken\\",\\"value\\":\\"%s\\"}]"}',
        '"{\\"SecretToken\\": \\"%s\\"}"',
        '@{ key = "SecretToken"; value = "%s" }',
        "@{key='Password';value='%s'}",
        '  credential {\n    key   = "SecretToken"\n    value = "%s"\n  }',
        "SecretToken: %s",
        "  client_secret: %s\n",
        "- key: SecretToken\n  value: %s\n",
        "client_secret: '%s'",
        "  - client_secret: %s with more words",
        "Server=tcp:x;User Id=y;Password=%s;Encrypt=true",
        "https://x.example/scim?token=%s&a=b",
        '"SecretToken": "%s',
        "$env:CLIENT_SECRET = '%s'",
    ],
)
def test_named_secrets_are_hidden(text):
    redacted = redact(text % CANARY)

    assert CANARY not in redacted
    assert redacted.replace(" with more words", "") == (text % "[redacted]").replace(
        " with more words", ""
    )


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://user:pw@x.example/scim", "https://[redacted]@x.example/scim"),
        (
            '"BaseAddress": "https://me:pw@x.example?aadOptscim062020"',
            '"BaseAddress": "https://[redacted]@x.example?aadOptscim062020"',
        ),
        (
            "token eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.c2lnbmF0dXJl here",
            "token [redacted] here",
        ),
        ("Authorization: Bearer abcdef0123456789abcdef", "Authorization: [redacted]"),
        ("sent with bearer abcdef0123456789abcdef", "sent with bearer [redacted]"),
        ("xoxb-123456789-abcdef", "[redacted]"),
        ("id Ab18Q~abcdefghijklmnopqrstuvwxyz0123456789 x", "id [redacted] x"),
        ('"Password": "a\\"b"', '"Password": "[redacted]"'),
    ],
)
def test_tokens_are_known_by_their_form(text, shown):
    assert redact(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        '{"key": "Secret", "value": "true"}',
        '{"name": "password", "type": "String", "metadata": []}',
        '{"targetAttributeName": "password", "defaultValue": "[x]"}',
        '"refreshTokensValidFromDateTime": "2020"',
        '{"key": "source", "value": "[password]"}',
        '{"key": "BaseAddress", "value": "https://x.example/scim"}',
        '{"key": "SyncAll", "value": "false"}',
        '"SecretToken": null',
        "the secret `SyncAll` is missing: expected `true` or `false`",
        "the bearer token of the application has expired",
        "`[passwordProfile]` is not an attribute; did you mean `password`?",
        'Switch([password], "a", "b")',
        '"expression": "Append([mail], \\"@x.example\\")"',
    ],
)
def test_what_is_no_secret_stays(text):
    assert redact(text) == text


def test_a_secret_is_known_again_without_its_name():
    text = '{\n  "key": "SecretToken",\n  "value": "ab\\"cdef"\n}'

    known = find_secrets(text)

    assert set(known) == {'ab\\"cdef', 'ab"cdef'}
    assert redact('the value `ab"cdef` is odd', known) == "the value `[redacted]` is odd"
    assert redact('"value": "ab\\"cdef"', known) == '"value": "[redacted]"'


def test_redaction_is_stable_and_harmless_on_its_own_output():
    text = '{"key": "SecretToken", "value": "abcdef"} Password=abc;'

    assert redact(redact(text)) == redact(text)


@pytest.mark.parametrize(
    "piece",
    [
        '"password":"',
        "token=",
        '\\"secret\\":\\"',
        "value key ",
        "İ",
        '"value":"x","key":"password",',
        "password: ",
    ],
)
def test_time_grows_with_the_text_only(piece):
    from time import process_time

    def seconds(count):
        text = piece * count
        runs = []
        for _ in range(5):
            start = process_time()
            find_secrets(text)
            runs.append(process_time() - start)
        return min(runs)

    seconds(10)
    assert seconds(8000) < 12 * max(seconds(2000), 0.01)


def test_no_format_shows_a_secret(make):
    text = (
        '{ "secrets": [\n'
        "  {\n"
        '    "key": "SecretToken",\n'
        f'    "value": "{CANARY}"\n'
        "  }],\n"
        f'  "note": "x {CANARY} y"\n'
        "}\n"
    )
    place = make.at(text, CANARY)
    found = make.finding(
        f"`{CANARY}` was found",
        place,
        help=f"take `{CANARY}` out",
        place=Place(f"/secrets/{CANARY}"),
        related=(
            Related(f"also `{CANARY}`", Place(""), make.at(text, CANARY, 2)),
            Related(f"see {CANARY}", Place("")),
        ),
        fix=Fix(f"remove {CANARY}", (TextEdit(Place(""), f"y{CANARY}y", place),)),
        contested=f"reading-{CANARY}",
        documentation=f"https://x.example/{CANARY}",
        subject=Subject(application=CANARY, target=CANARY),
    )
    unreadable = make.finding(f'"Password": "{CANARY}" is odd', rule=make.EQUAL)
    run = make.run(
        make.file_result(text, found, suppressed=(Suppressed(found, f"Password={CANARY}"),)),
        make.file_result(None, unreadable, name="b.json"),
        notices=(f"Password={CANARY}",),
    )

    outputs = {name: load()(run, PLAIN) for name, load in FORMATS.items()}
    outputs["text in colour"] = FORMATS["text"]()(run, Look(colour=True, links=True, width=60))
    outputs["step summary"] = github_step_summary(run)

    for name, output in outputs.items():
        assert CANARY not in output, name
        assert "[redacted]" in output, name
