"""Where the key lies: its file, the pass phrase that may seal it, and who else could get at it."""
