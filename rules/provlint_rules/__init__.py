"""The rules of provlint."""
