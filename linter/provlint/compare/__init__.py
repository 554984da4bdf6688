"""What a change of a configuration does: in words without users, in numbers with them.

Rooms: `sources` (which two texts are compared: files, folders, revisions of git), `configuration`
(the difference of two configurations in an administrator's words), `users` (the same users under
both).
"""
