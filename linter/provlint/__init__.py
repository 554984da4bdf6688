"""Lint, test and simulate Microsoft Entra provisioning configurations, offline."""
