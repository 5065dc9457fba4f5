"""Files of a pack as somebody sends them: one by one, or many in a zip archive, which may be meant to do harm."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import PurePosixPath

from bot.change import SUFFIXES, ChangeError

LARGEST = 2 * 1024 * 1024
"""Bytes of a document."""
_LARGEST_WHOLE = 20 * 1024 * 1024
"""Bytes of all files of an archive."""
_MOST = 500
"""Files of an archive."""
_FOLDERS = frozenset({"articles", "entities", "relations", "facts", "cues", "disagreements", "unnamed", "left_out"})


def files_of(name: str, content: bytes, place: str = "") -> dict[str, str]:
    """The files of a pack (path within it → text) that a document holds.

    A single file goes to `place` if it is given, else to the folder of what it holds (facts/NAME). Raises ChangeError
    with what is wrong.
    """
    if len(content) > LARGEST:
        raise ChangeError(f"{name} is larger than {LARGEST // 1024 // 1024} MiB; send a smaller part of the pack")
    if name.lower().endswith(".zip"):
        return _archive(name, content)
    suffix = PurePosixPath(name).suffix.lower()
    if suffix == ".yml":
        name, suffix = f"{name[:-4]}.yaml", ".yaml"
    if suffix not in SUFFIXES:
        raise ChangeError(f"{name} is no file of a pack; send {', '.join(sorted(SUFFIXES))} or .zip")
    text = _text(name, content)
    return {place.strip() or _place(PurePosixPath(name).name, suffix, text): text}


def _place(name: str, suffix: str, text: str) -> str:
    """Where in the pack a file belongs."""
    from knowledge.building.edit import sort_of

    stem = name.removesuffix(suffix)
    if suffix != ".yaml":
        return name if stem in _FOLDERS else f"facts/{name}"
    sort = sort_of(text)
    if stem in _FOLDERS | {"pack"} and sort in {stem, ""}:
        return name
    if not sort:
        raise ChangeError(f"{name}: what it holds can't be told; say where it belongs in its caption: facts/{name}")
    return "pack.yaml" if sort == "pack" else f"{sort}/{name}"


def _archive(name: str, content: bytes) -> dict[str, str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [e for e in archive.infolist() if not e.is_dir() and not _beside(e.filename)]
            if len(entries) > _MOST or sum(e.file_size for e in entries) > _LARGEST_WHOLE:
                raise ChangeError(f"{name} holds more than a pack: {_MOST} files, {_LARGEST_WHOLE // 1024 // 1024} MiB")
            found = {e.filename: _entry(archive, e) for e in entries}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise ChangeError(f"{name} can't be unpacked ({error})") from error
    if not found:
        raise ChangeError(f"{name} holds no file of a pack")
    return _without_root(found)


def _beside(name: str) -> bool:
    """What systems put into archives by themselves."""
    return "__MACOSX" in name or PurePosixPath(name).name in {".DS_Store", "Thumbs.db"}


def _entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> str:
    path = PurePosixPath(entry.filename)
    if path.is_absolute() or ".." in path.parts or "\\" in entry.filename or ":" in entry.filename:
        raise ChangeError(f"{entry.filename!r} leads out of the archive; nothing was taken from it")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise ChangeError(f"{entry.filename!r} is a link; nothing was taken from the archive")
    if path.suffix not in SUFFIXES:
        raise ChangeError(f"{entry.filename!r} is no file of a pack; nothing was taken from the archive")
    with archive.open(entry) as file:
        content = file.read(min(entry.file_size, _LARGEST_WHOLE) + 1)
    if len(content) != entry.file_size:
        raise ChangeError(f"{entry.filename!r} is not as long as the archive says")
    return _text(entry.filename, content)


def _text(name: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ChangeError(f"{name} is not UTF-8 (byte {error.start}): save it as UTF-8") from error


def _without_root(found: Mapping[str, str]) -> dict[str, str]:
    """Paths within the pack, where all of an archive lies in one folder that is none of a pack."""
    tops = {PurePosixPath(name).parts[0] for name in found}
    if len(tops) == 1 and all("/" in name for name in found) and not tops & _FOLDERS:
        return {str(PurePosixPath(*PurePosixPath(name).parts[1:])): text for name, text in found.items()}
    return dict(found)
