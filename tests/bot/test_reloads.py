"""A short round of reloads under load; `python -m tests.bot.reloads` runs the long one and prints figures."""

from __future__ import annotations

from pathlib import Path

from bot.bases import PACK
from tests.bot.reloads import load, variants

HUTS = PACK.parents[2] / "tests" / "packs" / "alpine-huts"


async def test_no_question_is_lost_or_answered_from_half_a_base(tmp_path: Path) -> None:
    bases = variants(HUTS, ("32张", "3{}张"), 3, tmp_path)
    seen = await load(bases, reloads=8, rate=200.0, pause=0.1)
    assert seen.asked > 50
    assert (seen.failed, seen.wrong) == (0, 0)
    assert seen.switches >= 2
    assert len(seen.hashes) >= 2
