"""Another MASTER in the place of the one that was: what `python -m bot rotate-key` does."""
