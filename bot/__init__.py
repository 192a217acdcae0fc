"""The frame. Its number stands here alone: the package and `--version` read it."""

__version__ = "0.1.0"
