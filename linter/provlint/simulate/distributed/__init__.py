"""Simulation of all users on Spark: pieces of the users, each simulated by the columnar engine.

Only two things need all users at once: which of them share a matching value, and which target users
have it. So users and target users of one value are brought together in a bucket, and each bucket is
simulated by the same code as on one machine.

Modules: `run` (from files and options), `session` (the Spark that is used), `tables` (files to data
frames), `recipe` (what a worker is sent), `piece_files` (what a worker is given, as files),
`sending` (what it does first), `routing` and `matching_values` (where users go), `parcels` and
`target_parcels` (how they travel), `names` (what pieces send to each other), `joins` (the
exchange), `answering` (what buckets ask each other), `simulating` (what a worker does last),
`matched` (the query over a bucket), `simulation` (the result).
Nothing is imported here, so that a process pays for what it uses.
"""
