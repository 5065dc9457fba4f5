"""The questions that a pack offers in its help are answered, with sources, and briefly."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from answers.compose import MOST_CHARACTERS
from answers.phrasing import LANGUAGES
from answers.render import plain, sources
from bot.answering import Desk
from knowledge.pack import load_pack

from .conftest import PACKS

LONGEST = 800
"""Characters of an answer, long lists apart."""
LONG_LIST = 9
"""Facts from which on an answer is a long list."""

OFFERED = [
    pytest.param(name, language, question, id=f"{name}: {question}")
    for name, folder in PACKS.items()
    for language, questions in load_pack(folder).examples.items()
    for question in questions
]
