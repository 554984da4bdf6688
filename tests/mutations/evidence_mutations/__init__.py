"""Mistakes that only users, targets, assignments or groups show.

Each function gets a sample and its inputs, plants one mistake, and returns the pointer of what it
is about, or None where it does not apply.
"""

from evidence_mutations import assignments, filters, matching, values

ROOMS = (filters, matching, values, assignments)

MUTATIONS = sorted(
    (each for room in ROOMS for each in room.MUTATIONS), key=lambda mutation: mutation[0]
)
