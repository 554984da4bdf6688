"""The difference of two configurations, without users.

Modules: `canonical` (one spelling for what means the same), `pairing` (which rule, object mapping
and attribute mapping of the old configuration is which of the new one), `changes` (what is told),
and one module for each thing that is compared. `difference` puts them together.
"""
