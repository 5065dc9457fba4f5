"""Other words for what was there first (五家医院哪家资格最老): it is asked which of them was founded first."""

from __future__ import annotations

from knowledge.text.patterns import pattern

_MOST = "最"
_ELDEST = pattern("(?:资格|年头|历史|建立得|[建办开]得|成立得)最(?:老|早|久|长|悠久|为悠久)")


def founded_first(text: str) -> str:
    """A folded text, with the usual words for being the oldest of several things."""
    return _ELDEST.sub("成立最早", text) if _MOST in text else text
