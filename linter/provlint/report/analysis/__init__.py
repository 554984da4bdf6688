"""Analysed filters: as text, as JSON, and the published format."""
