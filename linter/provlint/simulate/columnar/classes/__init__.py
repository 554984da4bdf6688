"""Classes of values: what is of one class decides alike in the scope step."""
