"""Whether an account is active: mistakes in its mapping."""


def status(sample):
    """The target attribute that says whether an account is active; None where none does."""
    return {"saas": "active", "tenant": "isSoftDeleted"}.get(sample.target)


def active_from_account_enabled(sample):
    if sample.target != "saas":
        return None
    return sample.set("active", "[accountEnabled]")


def active_from_computed_account_enabled(sample):
    if sample.target != "saas":
        return None
    return sample.set("active", 'IIF([accountEnabled] = "True", "True", "False")')


def nothing_reads_soft_deleted(sample):
    if status(sample) is None:
        return None
    sample.mappings.remove(sample.of(status(sample)))
    return f"{sample.base}/attributeMappings"


def active_swapped(sample):
    if sample.target != "saas":
        return None
    return sample.set("active", 'Switch([IsSoftDeleted], , "False", "False", "True", "True")')


def active_direct(sample):
    if sample.target != "saas":
        return None
    return sample.set("active", "[IsSoftDeleted]")


def active_negated_twice(sample):
    if sample.target != "saas":
        return None
    return sample.set("active", 'IIF([IsSoftDeleted] = "True", "True", "False")')


def lock_swapped(sample):
    if sample.target != "saas":
        return None
    return sample.set("locked_out", 'Switch([IsSoftDeleted], , "False", "True", "True", "False")')


def soft_delete_negated(sample):
    if sample.target != "tenant":
        return None
    return sample.set("isSoftDeleted", "Not([IsSoftDeleted])")


def control_bit_swapped(sample):
    if sample.source != "ad":
        return None
    expression = 'IIF(BitAnd([userAccountControl], 2) = "0", "False", "True")'
    return sample.set("AccountEnabled", expression)


def employment_status_swapped(sample):
    if sample.source != "successfactors":
        return None
    name = sample.define("emplStatus")
    return sample.set("accountDisabled", f'Switch([{name}], "False", "A", "True")')


def active_swapped_by_default(sample):
    if sample.target != "saas":
        return None
    return sample.set("active", 'Switch([IsSoftDeleted], "False", "True", "True")')


def active_swapped_by_condition(sample):
    if sample.target != "saas":
        return None
    return sample.set("active", 'IIF([IsSoftDeleted], "True", "False")')


def suspended_swapped(sample):
    if sample.target != "saas":
        return None
    sample.mappings.remove(sample.of("active"))
    return sample.set("suspended", 'Switch([IsSoftDeleted], , "False", "True", "True", "False")')


def account_disabled_swapped(sample):
    if sample.source != "workday":
        return None
    return sample.set("accountDisabled", 'Switch([Active], , "1", "True", "0", "False")')


def account_enabled_negated(sample):
    if sample.source != "api":
        return None
    return sample.set("accountEnabled", "Not([active])")


MUTATIONS = (
    ("M08", active_from_account_enabled, {"PL408"}),
    ("M08", active_from_computed_account_enabled, {"PL408"}),
    ("M09", nothing_reads_soft_deleted, {"PL410"}),
    ("M10", active_swapped, {"PL409"}),
    ("M10", active_direct, {"PL409"}),
    ("M10", active_negated_twice, {"PL409"}),
    ("M10", active_swapped_by_default, {"PL409"}),
    ("M10", active_swapped_by_condition, {"PL409"}),
    ("M10", suspended_swapped, {"PL409"}),
    ("M10", lock_swapped, {"PL409"}),
    ("M10", soft_delete_negated, {"PL409"}),
    ("M10", control_bit_swapped, {"PL409"}),
    ("M10", employment_status_swapped, {"PL409"}),
    ("M10", account_disabled_swapped, {"PL409"}),
    ("M10", account_enabled_negated, {"PL409"}),
)
