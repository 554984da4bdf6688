"""All users under both configurations in columns, with the rooms of `provlint.simulate.columnar`.

Modules: `combined` (both object mappings as one, so that what they share is computed once),
`values` (what mappings write), `signatures` (whatever decides about a user, as columns), `query`
(groups of users who are alike) and `engine` (one of each group is decided under both).
"""
