import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

MAPPING = {
    "targetAttributeName": "userName", "matchingPriority": 1,
    "source": {"type": "Attribute", "name": "userPrincipalName",
               "expression": "[userPrincipalName]"},
}  # fmt: skip
SCHEMA = {
    "id": "scim.1",
    "synchronizationRules": [{
        "name": "rule", "objectMappings": [{
            "name": "users", "enabled": True, "sourceObjectName": "User",
            "targetObjectName": "User", "attributeMappings": [MAPPING]}]}],
}  # fmt: skip


@pytest.fixture
def schema():
    """A configuration that matches users by name."""
    return SCHEMA
