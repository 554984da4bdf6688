"""Reasoning about scoping filters without users."""
