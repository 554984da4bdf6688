"""Which texts are compared: two files, two folders, two revisions of git."""
