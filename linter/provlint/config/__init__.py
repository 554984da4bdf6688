"""The project's own settings: `provlint.toml`, or `[tool.provlint]` in `pyproject.toml`."""
