"""The functions of the expression language, by name.

Each entry is the module, the name in it, and whether the function takes its call (to evaluate
arguments as it likes) instead of the values of its arguments.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

FUNCTIONS: Mapping[str, tuple[str, str, bool]] = {
    "Append": ("joining", "append", False),
    "AppRoleAssignments": ("roles", "role_values", False),
    "AppRoleAssignmentsComplex": ("roles", "added_roles", False),
    "AssertiveAppRoleAssignmentsComplex": ("roles", "replaced_roles", False),
    "BitAnd": ("numbers", "bit_and", False),
    "CBool": ("conditions", "to_boolean", False),
    "CDate": ("dates", "to_date", False),
    "Coalesce": ("choices", "coalesce", True),
    "ConvertFromBase64": ("encodings", "from_base64", False),
    "ConvertToBase64": ("encodings", "to_base64", False),
    "ConvertToUTF8Hex": ("encodings", "to_hexadecimal", False),
    "Count": ("lists", "count", False),
    "CRef": ("directory", "to_reference", False),
    "CStr": ("text", "to_text", False),
    "DateAdd": ("dates", "add", False),
    "DateDiff": ("dates", "difference", False),
    "DateFromNum": ("dates", "from_number", False),
    "DefaultDomain": ("directory", "default_domain", False),
    "DNComponent": ("directory", "component", False),
    "Error": ("directory", "fail", False),
    "FormatDateTime": ("dates", "reformat", False),
    "Guid": ("chance", "identifier", False),
    "IgnoreFlowIfNullOrEmpty": ("choices", "ignore_flow", True),
    "IIF": ("choices", "choose", True),
    "InStr": ("text", "position", False),
    "IsNothing": ("conditions", "is_absent_or_empty", True),
    "IsNull": ("conditions", "is_null", True),
    "IsNullOrEmpty": ("conditions", "is_absent_or_empty", True),
    "IsPresent": ("conditions", "is_present", True),
    "IsString": ("conditions", "is_text", False),
    "Item": ("lists", "item", False),
    "Join": ("joining", "join", True),
    "Left": ("text", "left", False),
    "Mid": ("text", "middle", False),
    "NormalizeDiacritics": ("diacritics", "plain_letters", False),
    "Not": ("conditions", "negate", False),
    "Now": ("dates", "present", False),
    "NumFromDate": ("dates", "to_number", False),
    "PCase": ("letters", "proper", False),
    "Prepend": ("joining", "append", False),
    "RandomString": ("chance", "random_text", False),
    "Redact": ("chance", "redact", False),
    "RemoveDuplicates": ("lists", "distinct", False),
    "Replace": ("replacing", "replace", True),
    "SelectUniqueValue": ("choices", "first_free", True),
    "SingleAppRoleAssignment": ("roles", "single_role", False),
    "Split": ("lists", "split", False),
    "StringFromSid": ("directory", "security_identifier", False),
    "StripSpaces": ("text", "without_blanks", False),
    "Switch": ("choices", "switch", True),
    "ToLower": ("letters", "lower", False),
    "ToUpper": ("letters", "upper", False),
    "Trim": ("text", "trim", False),
    "Word": ("text", "word", False),
}
