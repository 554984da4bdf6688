"""Random expressions of all functions, with values of all kinds."""

from hypothesis import strategies as st

from provlint_grammar.catalogue import FUNCTIONS
from provlint_grammar.printer import print_text

NAMES = ("a", "b", "c", "many", "number", "flag", "absent")

TEXTS = st.one_of(
    st.sampled_from(
        [
            "", " ", "True", "true", "False", "0", "1", "-3", "12.50", "d", "m", "yyyy", "ww", "n",
            "2024-02-29", "2025-03-16-07:00", "3/16/2025 7:00:00 AM", "04/05/2025", "9999-12-31",
            "0001-01-01", "10:00", "yyyy-MM-dd", "yyyy-MM-ddzzz", "M/d/yyyy h:mm:ss tt", "None",
            "RoundtripKind", "tr-TR", "en-US", "x", "(?<n>a+)", "n", "\\d+", "(a+)+$", "(", "[^b]*",
            "$1", "${n}", "$_", "aaaa", "Groß", "O'Neil", "Ægir Łø", "😀a😀", "\ud800", "a,b,,c",
            "133485408000000000", "CN=A\\, B,DC=c", "SGVsbG8=", "UTF8", "%", "\x00", "ΣΑΣ", "ǆ",
            "e\u0301\u0302", "Ồ", "vbTextCompare",
        ]
    ),
    st.text(max_size=6),
)  # fmt: skip

VALUES = st.one_of(
    st.none(),
    TEXTS,
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(),
    st.decimals(),
    st.lists(st.one_of(st.none(), TEXTS, st.integers(-5, 5)), max_size=3),
    st.dictionaries(st.just("x"), st.just(1), max_size=1),
)

INPUTS = st.fixed_dictionaries({}, optional=dict.fromkeys(NAMES, VALUES))

OPERATORS = st.sampled_from(["=", "<>", "<", "<=", ">", ">="])

LEAVES = st.one_of(
    st.sampled_from([f"[{name}]" for name in NAMES]),
    TEXTS.map(print_text),
    st.sampled_from(
        [
            "0", "1", "-1", "2", "1.5", "007", "&HFF", "99999999999999999999", "2147483648", "",
            "vbTextCompare", "vbBinaryCompare", "IgnoreAttributeFlow", "IgnoreObjectFlow", "True",
            "NULL", "%DomainFQDN%", "%Other%",
        ]
    ),
)  # fmt: skip


@st.composite
def calls(draw, inner):
    name = draw(st.sampled_from(sorted(FUNCTIONS)))
    function = FUNCTIONS[name]
    count = function.minimum + function.step * draw(st.integers(0, 2))
    if function.maximum is not None:
        count = min(count, function.maximum)
    if draw(st.integers(0, 19)) == 0:
        count = draw(st.integers(0, 8))
    arguments = [draw(inner) for _ in range(count)]
    if arguments and draw(st.booleans()) and name in ("IIF", "CBool", "Switch"):
        arguments[0] = f"{draw(inner) or '1'} {draw(OPERATORS)} {arguments[0] or '2'}"
    return f"{name}({', '.join(arguments)})"


EXPRESSIONS = st.recursive(LEAVES, calls, max_leaves=12)
