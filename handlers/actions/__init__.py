"""Actions: what neighbours do together, announced in the chat and answered with a tap.

It loads nothing: the parts are listed in `parts`.
"""
