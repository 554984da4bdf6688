"""Answers the questions of rules from users, targets, assignments, groups and secrets."""
