"""Texts that are there and show nothing."""

DRAWING_NOTHING = (
    "\u200d\u200b",
    "\u0301\u0301",
    "\u3164",
    "\u2800\u2800",
    "\uffa0",
    "\u115f\u1160",
    "\u17b4\u034f",
    "\u00ad\u2060\ufeff",
    "\ufe0f\U000e0041",
    "\U0001d159",
    "\ufffc",
    "\u0378\U000e1fff",
    "\u3164 \u2800\u0301\u200b",
)
NOTHING_TO_SEE = ("\x00", "\u3000\u00a0", "\ue000\U000f1234", *DRAWING_NOTHING)
"""The first ones are dropped wherever they stand."""
