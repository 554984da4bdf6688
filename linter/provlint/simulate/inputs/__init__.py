"""What a simulation is fed with: users, target users, assignments, groups, secrets, job, links.

Files are recognised by what they hold, not by their names. Nothing is imported here, so that a
process pays for what it uses.

Modules: `read` (all inputs of one simulation), `population` (users), `targets`, `assignments`,
`groups`, `secrets`, `job_settings`, `links`; `relation` (the same users and targets as relations
of DuckDB); below them `text`, `json_records`, `csv_records`, `parquet_records` (containers),
`naming`, `names`, `scim` (names of attributes), `problem` (what is wrong, and where).
"""
