"""Mistakes in mappings, matching and jobs: each function plants one and says where.

It returns the pointer of what it changed, or None where it does not apply to the sample.
"""

from mapping_mutations import attributes, matching, object_mappings, results, status

ROOMS = (status, object_mappings, matching, attributes, results)

MUTATIONS = tuple(
    sorted((each for room in ROOMS for each in room.MUTATIONS), key=lambda mutation: mutation[0])
)
