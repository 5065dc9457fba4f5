"""Finding facts: the same question is answered the same in every process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
QUESTION = "2023年云鹿山的客人占比是多少?"


def test_find_scores_facts_the_same_in_another_process(alpine_file: Path) -> None:
    script = (
        "import sys\nfrom pathlib import Path\n"
        "from knowledge.store.base import Base\nfrom knowledge.finding.find import find\n"
        "from knowledge.reading.reading import read\n"
        "base = Base(Path(sys.argv[1]))\n"
        "print([f.score for f in find(read(sys.argv[2], base), base)])"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", script, alpine_file, QUESTION],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
            stdout=subprocess.PIPE,
            text=True,
        )
        for seed in ("1", "2", "3")
    ]
    one, *others = (process.communicate()[0] for process in running)
    assert len(one) > len("[]\n")
    assert others == [one, one]
