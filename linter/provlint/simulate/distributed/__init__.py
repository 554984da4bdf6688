"""Simulation of all users on Spark: pieces of the users, each simulated by the columnar engine.

Only two things need all users at once: which of them share a matching value, and which target users
have it. So users and target users of one value are brought together in a bucket, and each bucket is
simulated by the same code as on one machine.

Modules: `run` (from files and options), `session` (the Spark that is used), `tables` (files to data
frames), `recipe` (what a worker is sent), `pieces` (what a worker does), `names` (what pieces send
to each other), `matched` (the query over a bucket), `joins` (the exchange), `simulation` (the
result).
Nothing is imported here, so that a process pays for what it uses.
"""
