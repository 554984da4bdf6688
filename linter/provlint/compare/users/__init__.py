"""The same users under two configurations.

Modules: `jobs` (what is simulated on either side), `decide` (one user under both), `written`
(values that are written otherwise), `verdict` and `summary` (what is told), `rowwise` and
`columnar` (all users, user by user or in columns; the answers are the same).

What is compared is the moment in which the new configuration takes over from the old one, which has
done its work: whom the old one has in scope, has an account that is as the old one writes it. Links
or target users, where they are given, say more exactly who has an account.
"""
