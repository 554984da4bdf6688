"""Provisioning offline: what the service would do with users, and why.

Modules: `scope` (is a user in scope), `entitlement` (active, assigned, role), `matching`,
`action` (the decision table), `writing` (the values), `flow` (the five steps for one user),
`cycle` (what concerns all users of a cycle). Nothing is imported here, so that a process pays for
what it uses.
"""
