"""Mistakes in scoping filters: each function plants one and says where it must be found.

A mutation returns the pointer of what it changed, or None where it does not apply to the sample.
"""

from filter_mutations import clauses, groups, patterns

ROOMS = (groups, clauses, patterns)

MUTATIONS = tuple(
    sorted((each for room in ROOMS for each in room.MUTATIONS), key=lambda mutation: mutation[0])
)
