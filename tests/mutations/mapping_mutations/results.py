"""Expressions whose result is wrong."""


def empty_text_as_a_branch(sample):
    if not from_people(sample):
        return None
    name = sample.define("qaTitle")
    return sample.set("title", f'Switch([{name}], [{name}], "None", "")')


def container_without_path(sample):
    if not from_people(sample):
        return None
    return sample.set("parentDistinguishedName", '"Staff/Oslo"')


def user_type_of_no_kind(sample):
    if sample.target != "tenant":
        return None
    return sample.set("userType", '"Internal"')


def unique_value_on_update(sample):
    if sample.target != "ad":
        return None
    return sample.set("cn", sample.of("cn")["source"]["expression"], flowType="Always")


def random_value_on_update(sample):
    return sample.set("qaSecret", "RandomString(12, 2, 2, 2, 2)")


def new_key_on_update(sample):
    return sample.set("qaKey", "Guid()")


def endless_expression(sample):
    name = sample.define("qaBranch")
    pairs = ", ".join(f'"Branch number {n}", "Region number {n}"' for n in range(400))
    return sample.set("qaRegion", f'Switch([{name}], "", {pairs})')


def from_people(sample):
    """Whether the sample brings people into Active Directory."""
    return sample.source in ("workday", "successfactors")


def unique(sample, *rules):
    return sample.set("qaName", f"SelectUniqueValue({', '.join(rules)})", flowType="ObjectAddOnly")


def middle_name_that_may_be_missing(sample):
    if not from_people(sample):
        return None
    first, middle = sample.define("qaFirstName"), sample.define("qaMiddleName")
    return unique(sample, f"[{first}]", f'Join(".", [{first}], Mid([{middle}], 1, 1))')


def one_value_in_two_words(sample):
    if not from_people(sample):
        return None
    name = sample.define("qaName")
    return unique(sample, f"Left([{name}], 3)", f"Mid([{name}], 1, 3)", f'Append([{name}], "1")')


def one_letter_of_a_name(sample):
    if not from_people(sample):
        return None
    name = sample.define("qaName")
    return unique(sample, f"Mid([{name}], 1, 1)", f"Mid([{name}], 1, 2)")


def day_of_another_zone(sample):
    name = sample.define("qaDate")
    return sample.set("qaDay", f'FormatDateTime([{name}], , "yyyy-MM-ddzzz", "yyyy-MM-dd")')


def comma_in_a_container(sample):
    if not from_people(sample):
        return None
    expression = f'Switch([{sample.define("qaUnit")}], "OU=Staff,DC=a", "1", "OU=Sales, Oslo,DC=a")'
    return sample.set("parentDistinguishedName", expression)


def comma_in_a_container_for_everybody(sample):
    if not from_people(sample):
        return None
    return sample.set("parentDistinguishedName", '"OU=Sales, Oslo,DC=a"')


def container_from_an_attribute(sample):
    if not from_people(sample):
        return None
    return sample.set("parentDistinguishedName", f"[{sample.define('qaContainer')}]")


def container_by_an_attribute(sample):
    if not from_people(sample):
        return None
    name = sample.define("qaUnit")
    return sample.set("parentDistinguishedName", f'Join("", "OU=", [{name}], ",DC=contoso,DC=com")')


def name_of_a_country(sample):
    if not from_people(sample):
        return None
    name = sample.define("qaCountry")
    return sample.set("c", f'Switch([{name}], "NO", "Sweden", "Sweden")')


def default_name_of_a_country(sample):
    if not from_people(sample):
        return None
    return sample.set("c", f"[{sample.define('qaCountry')}]", defaultValue="Norway")


def letters_for_a_number(sample):
    if not from_people(sample):
        return None
    return sample.set("countryCode", '"NO"')


def other_code_of_a_country(sample):
    if sample.source != "workday":
        return None
    return sample.set("c", f"[{sample.define('CountryReferenceNumeric')}]")


def part_that_is_not_there(sample):
    return sample.set("qaPart", 'Item(Split("Oslo,Bergen", ","), 3)')


def first_part_counted_from_nothing(sample):
    return sample.set("qaPart", f'Item(Split([{sample.define("qaList")}], ","), 0)')


def quoted_word(sample):
    name = sample.define("qaName")
    return sample.set("qaPlace", f'InStr([{name}], "a", 1, "vbTextCompare")')


def word_of_another_function(sample):
    name = sample.define("qaName")
    return sample.set("qaPlace", f'Replace([{name}], "a", , , "b", , "vbTextCompare")')


MUTATIONS = (
    ("L17", middle_name_that_may_be_missing, {"PL358"}),
    ("L17", one_value_in_two_words, {"PL358"}),
    ("L17", one_letter_of_a_name, {"PL371"}),
    ("L27", day_of_another_zone, {"PL372"}),
    ("L48", comma_in_a_container, {"PL350"}),
    ("L48", comma_in_a_container_for_everybody, {"PL350"}),
    ("L48", container_from_an_attribute, {"PL357"}),
    ("L48", container_by_an_attribute, {"PL370"}),
    ("L50", name_of_a_country, {"PL350"}),
    ("L50", default_name_of_a_country, {"PL350"}),
    ("L50", letters_for_a_number, {"PL350"}),
    ("L50", other_code_of_a_country, {"PL350"}),
    ("L57", part_that_is_not_there, {"PL321"}),
    ("L57", first_part_counted_from_nothing, {"PL321"}),
    ("compare-type", quoted_word, {"PL318"}),
    ("compare-type", word_of_another_function, {"PL322"}),
    ("M63", empty_text_as_a_branch, {"PL350"}),
    ("container", container_without_path, {"PL350"}),
    ("user-type", user_type_of_no_kind, {"PL350"}),
    ("M66", unique_value_on_update, {"PL326"}),
    ("M66", random_value_on_update, {"PL341"}),
    ("M66", new_key_on_update, {"PL341"}),
    ("M87", endless_expression, {"PL338"}),
)
