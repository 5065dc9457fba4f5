"""Where a file is written in one step, in place of what was there."""

from __future__ import annotations

from pathlib import Path

from knowledge.errors import ModuError


def refuse_device(path: Path) -> None:
    """Raise ModuError for what is there and neither file nor folder: a device (/dev/null) would be gone afterwards."""
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise ModuError(f"{path} is a device or a pipe, which a file would replace: name a file to write")
