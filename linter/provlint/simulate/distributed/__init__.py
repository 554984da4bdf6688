"""Simulation of all users on Spark: pieces of the users, each simulated by the columnar engine.

Only two things need all users at once: which of them share a matching value, and which target users
have it. Both are joins of Spark; everything else is asked, piece by piece, of the same code that
simulates on one machine. Modules: `session` (the Spark that is used), `tables` (files to data
frames), `recipe` (what a worker is sent), `pieces` (what a worker does), `matched` (the query over
a piece whose matches are known), `joins` (data frames), `simulation` (the result).
Nothing is imported here, so that a process pays for what it uses.
"""
