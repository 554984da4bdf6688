"""Simulation of many users in columns of DuckDB.

Every decision is that of the reference path: users are grouped by all that decides about them, and
one user of each group is sent through the five steps. Nothing is imported here, so that a process
pays for what it uses.
"""
