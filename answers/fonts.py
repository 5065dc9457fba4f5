"""Where a font for Chinese text is: the one named by MODU_FONT, the installed package, or the system's."""

from __future__ import annotations

import os
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from knowledge.errors import ModuError

_PACKAGE = "noto_cjk_sans_otc"
_FILES = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
    "/System/Library/Fonts/PingFang.ttc",
    "/Library/Fonts/Arial Unicode.ttf",
)
"""Where Debian, Ubuntu, Arch, Fedora and macOS put theirs."""


class FontError(ModuError):
    """There is no font that has Chinese characters."""


@lru_cache(maxsize=1)
def font_file() -> Path:
    """The file of a font, or of a collection, that has simplified and traditional characters. Raises FontError."""
    named = os.environ.get("MODU_FONT")
    if named:
        if not Path(named).is_file():
            raise FontError(f"MODU_FONT names {named}, and there is no such file")
        return Path(named)
    for path in [*_packaged(), *map(Path, _FILES)]:
        if path.is_file():
            return path
    raise FontError(
        "no font for Chinese text was found, so no chart can be drawn; "
        "install one with: pip install noto-cjk-sans-otc, or apt install fonts-noto-cjk, or name a file by MODU_FONT"
    )


def _packaged() -> list[Path]:
    spec = find_spec(_PACKAGE)
    folders = spec.submodule_search_locations if spec else None
    return [path for folder in folders or () for path in sorted(Path(folder).glob("*.ttc"))]
