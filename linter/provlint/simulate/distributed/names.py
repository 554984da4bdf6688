"""What pieces send to each other: rows of a bucket, a kind, and a Parquet file as bytes."""

from __future__ import annotations

LINK = -1
"""Number of the key by which links find their target users; matching attributes count from 0."""

NAMELESS = "provlint: "
"""How the ids begin of target users that have none in the files; nobody is shown them."""

EXCHANGED = ("bucket", "kind", "content")

WHOLE_FILES = ("path", "content")
"""Columns of files that Spark carries as they are."""

USERS = "users"
"""Users: `a0`, `a1`, … (the attributes of a recipe, encoded)."""

TARGETS = "targets"
"""Target users by key: `m` (number of the key), `k` and `x` (the value without letter case, and as
it is, as `target_parcels` packs them), `t` (a number within the content), `id`, `o0`, … (what the
mappings compare with)."""

OFFERED = "offered"
"""The same by the keys beside the first, for those who ask."""

ASKED = "asked"
"""Keys of users whose home is another bucket: `m`, `high` and `low` (what the value is known by),
`home` (the bucket of the users), `n` (how many users)."""

COUNTS = "counts"
"""How many users of all have a key: `m`, `high`, `low`, `n`."""

BROKEN = "broken"
"""How many records could not be read: `n`."""

IDENTITIES = "identities"
"""What a reference to a user finds: `k` (the id of the user without letter case), `state`, and `id`
of the target user, as `columnar.references` has them."""

REFERENCES = "references"
"""References that users of a bucket hold: `k`, `home` (the bucket)."""

REFERRED = "referred"
"""The answer to them: `k`, `state`, `id`."""
