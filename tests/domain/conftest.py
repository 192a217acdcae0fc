"""Rules are checked for what they say, never for how fast a busy machine says it."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
