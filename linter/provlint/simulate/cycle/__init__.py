"""A cycle: all users of a simulation.

`engines` chooses the way: `rowwise` here, or `provlint.simulate.columnar`. Nothing is imported
here, so that a process pays for what it uses.
"""
