"""Which thing of the old configuration is which of the new one."""

from building import base, read

from provlint.compare.configuration.pairing import pair, pair_rules, pair_schemas


def test_the_surest_key_decides_and_order_is_that_of_the_new_side():
    old = [("1", "a"), ("2", "b"), ("3", "c")]
    new = [("9", "c"), ("2", "a"), ("8", "z")]
    found = pair(old, new, (lambda thing: thing[0], lambda thing: thing[1]), lone=False)
    assert found.both == ((("3", "c"), ("9", "c")), (("2", "b"), ("2", "a")))
    assert found.removed == (("1", "a"),)
    assert found.added == (("8", "z"),)


def test_the_last_on_both_sides_are_the_same():
    found = pair(["a", "x"], ["a", "y"], (lambda thing: thing,))
    assert found.both == (("a", "a"), ("x", "y"))


def test_twins_are_paired_in_order():
    found = pair(["a", "a"], ["a", "a", "a"], (lambda thing: thing,), lone=False)
    assert len(found.both) == 2
    assert found.added == ("a",)


def test_nothing_identifies_what_has_no_name():
    found = pair(["", ""], ["", ""], (lambda thing: thing,))
    assert found.both == ()


def test_a_rule_with_another_id_is_found_by_its_name():
    new = base()
    new["synchronizationRules"][0]["id"] = "another"
    (old_schema,), (new_schema,) = read(base()).schemas, read(new).schemas
    assert len(pair_rules(old_schema, new_schema).both) == 1


def test_the_schemas_of_two_lists_of_jobs():
    def listed(*identities):
        return {
            "value": [
                {"id": each, "templateId": "scim", "schedule": {}, "schema": {**base(), "id": each}}
                for each in identities
            ]
        }

    found = pair_schemas(read(listed("1", "2")), read(listed("2", "3")))
    assert [new.schema.id for _, new in found.both] == ["2", "3"]
