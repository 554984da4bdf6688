"""Addresses of the pages and threads that the rules rest on."""

from __future__ import annotations

_LEARN = "https://learn.microsoft.com/"
_PROVISIONING = _LEARN + "entra/identity/app-provisioning/"
_GRAPH = _LEARN + "graph/api/resources/"
_ISSUES = "https://github.com/MicrosoftDocs/azure-docs/issues/"

SCOPING = _PROVISIONING + "define-conditional-rules-for-provisioning-user-accounts"
CUSTOMIZE = _PROVISIONING + "customize-application-attributes"
FUNCTIONS = _PROVISIONING + "functions-for-customizing-application-data"
KNOWN_ISSUES = _PROVISIONING + "known-issues"
HOW_PROVISIONING_WORKS = _PROVISIONING + "how-provisioning-works"
ON_DEMAND = _PROVISIONING + "provision-on-demand"
EXPORT_IMPORT = _PROVISIONING + "export-import-provisioning-configuration"
HR_UPDATES = _PROVISIONING + "hr-user-update-issues"
HR_CREATION = _PROVISIONING + "hr-user-creation-issues"
PLAN_HR = _PROVISIONING + "plan-cloud-hr-provision"
SUCCESSFACTORS = _PROVISIONING + "sap-successfactors-integration-reference"
WORKDAY_EXPRESSIONS = _PROVISIONING + "workday-expression-mapping-functions-guide"
WORKDAY_ATTRIBUTES = _PROVISIONING + "workday-attribute-reference"
CLEAR_VALUES = _PROVISIONING + "clear-attribute-values"
INBOUND_API_FAQ = _PROVISIONING + "inbound-provisioning-api-faqs"
SCIM_COMPATIBILITY = _PROVISIONING + "application-provisioning-config-problem-scim-compatibility"
ACCIDENTAL_DELETIONS = _PROVISIONING + "accidental-deletions"
UNMATCHED_USERS = _PROVISIONING + "application-provisioning-application-unmatched-users"
WHEN_FINISHED = (
    _PROVISIONING + "application-provisioning-when-will-provisioning-finish-specific-user"
)
NO_USERS = _PROVISIONING + "application-provisioning-config-problem-no-users-provisioned"
INBOUND_API_ISSUES = _PROVISIONING + "inbound-provisioning-api-issues"
SCIM = _PROVISIONING + "use-scim-to-provision-users-and-groups"
_SAAS = _LEARN + "entra/identity/saas-apps/"
SERVICENOW = _SAAS + "servicenow-provisioning-tutorial"
ATLASSIAN = _SAAS + "atlassian-cloud-provisioning-tutorial"
SKIP_DELETIONS = _PROVISIONING + "skip-out-of-scope-deletions"
ECMA = _PROVISIONING + "on-premises-ecma-troubleshoot"
SECRETS = _GRAPH + "synchronization-synchronizationsecretkeystringvaluepair"
PROVISIONING_LOGS = _LEARN + "entra/identity/monitoring-health/howto-analyze-provisioning-logs"
CROSS_TENANT = (
    _LEARN + "entra/identity/multi-tenant-organizations/cross-tenant-synchronization-configure"
)
CLOUD_SYNC_EXPRESSIONS = _LEARN + "entra/identity/hybrid/cloud-sync/reference-expressions"
CONNECT_FUNCTIONS = (
    _LEARN + "entra/identity/hybrid/connect/reference-connect-sync-functions-reference"
)

USER_PRINCIPAL_NAME = _LEARN + "entra/identity/hybrid/connect/plan-connect-userprincipalname"

SCHEMA = _GRAPH + "synchronization-synchronizationschema"
UPDATE_SCHEMA = _LEARN + "graph/api/synchronization-synchronizationschema-update"
JOB = _GRAPH + "synchronization-synchronizationjob"
SYNCHRONIZATION_RULE = _GRAPH + "synchronization-synchronizationrule"
OBJECT_MAPPING = _GRAPH + "synchronization-objectmapping"
ATTRIBUTE_MAPPING = _GRAPH + "synchronization-attributemapping"
ATTRIBUTE_MAPPING_SOURCE = _GRAPH + "synchronization-attributemappingsource"
ATTRIBUTE_DEFINITION = _GRAPH + "synchronization-attributedefinition"
DIRECTORY_DEFINITION = _GRAPH + "synchronization-directorydefinition"
OBJECT_DEFINITION = _GRAPH + "synchronization-objectdefinition"
FILTER = _GRAPH + "synchronization-filter"
FILTER_CLAUSE = _GRAPH + "synchronization-filterclause"
FILTER_OPERATORS = _LEARN + "graph/api/synchronization-synchronizationschema-filteroperators"
CONVERT_TO_JSON = _LEARN + "powershell/module/microsoft.powershell.utility/convertto-json"

UNANCHORED_REGEX_THREAD = _ISSUES + "73627"
ESCAPED_STAR_THREAD = _ISSUES + "110977"
DATES_IN_FILTERS_THREAD = _ISSUES + "50227"
GROUPS_IN_FILTERS_THREAD = _ISSUES + "34557"
