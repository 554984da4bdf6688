"""The comparison in columns against the reference path: any change, any users, one answer."""

import json

import pytest
from building import read
from random_pairs import Maker, save

from provlint.compare.configuration.difference import compare_configurations
from provlint.compare.users.columnar.combined import refusal
from provlint.compare.users.jobs import pair_job
from provlint.compare.users.rowwise import RowwiseComparison
from provlint.simulate.inputs.problem import Ledger
from provlint.simulate.inputs.read import Inputs
from provlint.simulate.inputs.secrets import read_secrets
from provlint.simulate.preparation import attributes_of

pytest.importorskip("duckdb")

PAIRS = 45
USERS = 150
"""6,750 pairs of a user and a change."""

refused = []


def as_parquet(path):
    import duckdb

    connection = duckdb.connect()
    target = path.replace(".jsonl", ".parquet")
    connection.execute(
        f"COPY (SELECT * FROM read_json('{path}', format='newline_delimited', sample_size=-1))"
        f" TO '{target}' (FORMAT parquet)"
    )
    connection.close()
    return target


def inputs_of(made, folder, sides):
    """Users, and by chance target users, links, assignments, secrets and a threshold."""
    rng = made.rng
    people = list(made.people(USERS))
    parquet = rng.random() < 0.5
    if parquet:
        for user in people:
            for name, value in user.items():
                if name != "accountEnabled" and not (value is None or isinstance(value, str)):
                    user[name] = str(value)
            if not isinstance(user["accountEnabled"], bool):
                user["accountEnabled"] = None
    users = save(folder / "users.jsonl", people)
    found = {"attributes": attributes_of(sides.old.plan, sides.new.plan)}
    if rng.random() < 0.6:
        accounts = [
            {k: v if v is None or not parquet else str(v) for k, v in each.items()}
            for each in made.accounts(people)
        ]
        targets = save(folder / "targets.jsonl", accounts)
        found["targets"] = [as_parquet(targets) if parquet else targets]
    if rng.random() < 0.4:
        links = {user["objectId"]: f"t{rng.randrange(USERS)}" for user in people[::3]}
        (folder / "links.json").write_text(json.dumps(links))
        found["links"] = [str(folder / "links.json")]
    if rng.random() < 0.4:
        rows = [
            {"principalId": user["objectId"], "principalType": "User", "resourceId": "r",
             "appRoleId": "00000000-0000-0000-0000-000000000000"}
            for user in people if rng.random() < 0.7
        ]  # fmt: skip
        (folder / "assignments.json").write_text(json.dumps(rows))
        found["assignments"] = [str(folder / "assignments.json")]
    if rng.random() < 0.3:
        value = {"SkipOutOfScopeDeletions": rng.choice(("True", "False"))}
        (folder / "secrets.json").write_text(json.dumps(value))
        found["secrets"] = [str(folder / "secrets.json")]
    if rng.random() < 0.2:
        job = {"id": "scim.1", "templateId": "scim", "schedule": {}, "synchronizationJobSettings": [
            {"name": "QuarantineTooManyDeletesThreshold", "value": "5"}]}  # fmt: skip
        (folder / "job.json").write_text(json.dumps(job))
        found["jobs"] = [str(folder / "job.json")]
    return Inputs([as_parquet(users) if parquet else users], **found)


def old_secrets(made, folder):
    if made.rng.random() < 0.8:
        return None
    path = folder / "before.json"
    path.write_text(json.dumps({"SyncAll": "True"}))
    return read_secrets([str(path)], Ledger())


@pytest.mark.parametrize("seed", range(PAIRS))
def test_same_answers(seed, tmp_path):
    from provlint.compare.users.columnar.engine import ColumnarComparison

    made = Maker(seed)
    schema = made.schema()
    found = compare_configurations(read(schema), read(made.edited(schema)))
    (sides,) = found.pairs
    inputs = inputs_of(made, tmp_path, sides)
    job = pair_job(
        sides,
        inputs,
        old_secrets=old_secrets(made, tmp_path),
        null_policy=made.rng.choice(("documented", "negatives-true")),
        now="2026-11-22",
        seed=1,
    )
    refused.append(bool(refusal(job)))
    if refused[-1]:
        return
    expected = RowwiseComparison(job)
    columns = ColumnarComparison(job)
    try:
        rows = list(columns.rows(lambda verdict: True))
        for row, wanted in zip(rows, expected.rows(lambda verdict: True), strict=True):
            assert row == wanted
        assert columns.summary == expected.summary
        some = expected.rows(lambda verdict: verdict.movement == "leaving")
        assert list(columns.rows(lambda v: v.movement == "leaving")) == list(some)
        for user in ("u0", "u7"):
            told = [(row.where, decided) for row, decided in columns.explain(user)]
            reference = [(row.where, decided) for row, decided in expected.explain(user)]
            assert [(w, d.verdict, d.values) for w, d in told] == [
                (w, d.verdict, d.values) for w, d in reference
            ]
    finally:
        columns.close()


def test_few_are_refused():
    if len(refused) < PAIRS:
        pytest.skip("the pairs were not run")
    assert sum(refused) / len(refused) < 0.1
