"""Names, types and facts of one configuration: what rules ask."""
