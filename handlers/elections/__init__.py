"""Elections: neighbours sign for a representative until enough of the residents have.

`heart/` knows what an election is while it lives: its keys, its counts, its words, its end. Each part
beside it is one thing that people do with it. Parts lean on the heart, and on each other's payloads only.
`parts.py` lists them. Whoever checks bulletins loads `heart/count/audit.py` and nothing of a running bot.
"""
