"""All that the bot draws and prints, on sheets to look at: `python -m tests.album`, or `make pictures`.

What stands there is made up and always the same, so that a sheet changes where what is drawn does.
"""
