"""The whole simulation as a loop in Python: python simulation_naive.py USERS TARGETS OUT.json TASK.

TASK.json has the filter groups.
"""

import json
import re
import sys
from collections import Counter

import polars as pl
from naive_clauses import passes

users_path, targets_path, out, task = sys.argv[1:5]
with open(task, encoding="utf-8") as file:
    groups = json.load(file)["groups"]


def name_of(user):
    name = user["userPrincipalName"]
    if "#EXT#" in name:
        return re.sub("_([^_]*)$", r"@\1", name.partition("#EXT#")[0])
    return name


def lower(text):
    return None if text is None else text.lower()


def differs(user, old):
    new = {
        "userName": name_of(user),
        "displayName": f"{user['givenName']} {user['surname']}",
        "externalId": user["mailNickname"],
        "name.familyName": user["surname"],
    }
    if user["mail"] is not None:
        new['emails[type eq "work"].value'] = user["mail"]
    changed = any(lower(value) != lower(old[name]) for name, value in new.items())
    return changed or old["active"] is not True


by_key = {}
for account in pl.read_parquet(targets_path).iter_rows(named=True):
    by_key.setdefault(account["userName"].lower(), []).append(account)
users = pl.read_parquet(users_path).to_dicts()
shared = Counter(name_of(user).lower() for user in users)
counts = Counter()
for user in users:
    if not user["accountEnabled"]:
        counts["inactive"] += 1
        continue
    if not passes(user, groups):
        counts["filtered"] += 1
        continue
    key = name_of(user).lower()
    found = by_key.get(key, ())
    if shared[key] > 1 and len(found) < 2:
        counts["source-duplicate"] += 1
    elif not found:
        counts["create"] += 1
    elif len(found) > 1:
        counts["target-duplicate"] += 1
    else:
        counts["update" if differs(user, found[0]) else "same"] += 1
with open(out, "w", encoding="utf-8") as file:
    json.dump(counts, file)
