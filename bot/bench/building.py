"""Bases for measuring: of bare triples, or of a pack with triples."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from knowledge.building.build import build
from knowledge.building.bulk import Bulk
from knowledge.building.pack import bare_pack, load_pack
from knowledge.plain.triples import bulk_files


def compile_triples(files: Sequence[Path], out: Path, pack: Path | None = None) -> Path:
    """Build a base of files of triples, with a pack if there is one; returns its path. Raises PackError, OSError."""
    found = load_pack(pack) if pack else bare_pack(files[0])
    held = bulk_files(pack) if pack else []
    return build(found, out, bulk=Bulk([*held, *files], skip_bad=True)).path
