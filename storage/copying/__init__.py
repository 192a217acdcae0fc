"""All rows of a database, read from one and written into another, of either kind and of any schema that was
released.

Rows, not a database's own files: what is written is in the order of its keys, with no freed pages and by one
transaction, and so tells nothing of who came first or who left.
"""
