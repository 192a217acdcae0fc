"""Where an election stands, as a courtyard: a house for each candidate, with windows that light up.

It draws words and public numbers that it is given, and knows no language. `face` is what it is given,
`layout` puts everything in its place as shapes, and `canvas` makes a file of them. What things look like
stands in the heart, under `courtyard`; where they stand, here: `sky`, `terrace`, `street`.
"""
