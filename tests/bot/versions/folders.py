"""What tests do with folders of versions."""

from __future__ import annotations

import shutil
from pathlib import Path

from bot.versions import Versions


def brought(base: Path, versions: Versions) -> Path:
    """A copy of the base within the folder of versions."""
    versions.folder.mkdir(exist_ok=True)
    return Path(shutil.copy(base, versions.folder))
