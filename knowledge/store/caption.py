"""What a base is called, what it offers to ask, and what its kinds are called, in the language of an answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cached_property


class Caption:
    """Names a base and the kinds of its things."""

    def __init__(self, meta: Mapping[str, str]) -> None:
        """Raises KeyError where the base lacks a setting."""
        self._meta = meta
        self._title: list[str] = json.loads(meta["title"])
        self.kinds: dict[str, str] = json.loads(meta["kinds"])
        """Kind → the noun for it in zh-Hans."""
        self.examples: dict[str, list[str]] = json.loads(meta["examples"])
        """Questions to begin with: zh, en, hant."""

    def title(self, language: str) -> str:
        """What the base is about."""
        zh, en, *hant = self._title
        return str(en if language == "en" else hant[0] if hant and language == "zh-Hant" else zh)

    def examples_in(self, language: str) -> list[str]:
        """Questions to begin with, in an answer's language."""
        key = {"en": "en", "zh-Hant": "hant"}.get(language, "zh")
        return self.examples.get(key) or self.examples.get("zh", [])

    @cached_property
    def _kinds_hant(self) -> dict[str, str]:
        return dict(json.loads(self._meta.get("kinds_hant", "{}")))

    def noun(self, kind: str, language: str) -> str:
        """What a kind is called in an answer's language; in English by its id."""
        if language == "en":
            return kind
        return (self._kinds_hant if language == "zh-Hant" else self.kinds).get(kind, kind)
