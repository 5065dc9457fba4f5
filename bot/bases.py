"""Which fact base a command reads: the one named, else MODU_BASE, else the bundled pack's.

What is named is a base, or a folder of versions (bot.versions), of which the one served is read.

The bundled pack is compiled once into the user's cache and again whenever a file that goes into it changes. A stamp of
sizes and times says that nothing changed without reading a megabyte at each start; only when it differs are the files
hashed, and only when no base with that hash exists is one built.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import knowledge
from knowledge.errors import BaseError, ModuError
from knowledge.store.base import Base

if TYPE_CHECKING:
    from bot.answering import Desk

_KNOWLEDGE = Path(knowledge.__file__).parent
PACK = _KNOWLEDGE / "packs" / "model-cities"
"""The bundled pack."""
KEPT = 4
"""Compiled bases that stay in the cache, the newest ones."""


def open_base(base: Path | None, articles: Path | None, say: Callable[[str], None], pack: Path | None = None) -> Base:
    """Open the base that the options and the environment choose.

    `articles` asks for the `pack` with its texts, the bundled pack where none is named; `say` is told when a base has
    to be built. Raises BaseError, PackError or OSError.
    """
    if base and articles:
        raise ModuError("--articles builds a base of the bundled pack with its texts; leave out --base or --articles")
    named = base or (Path(os.environ["MODU_BASE"]) if os.environ.get("MODU_BASE") and not articles else None)
    if named:
        return Base(served(named))
    path = compiled(pack or PACK, articles, say)
    try:
        return Base(path)
    except BaseError:
        # nobody but us writes into the cache: a file that can't be read there is made anew, once
        path.unlink(missing_ok=True)
        return Base(compiled(pack or PACK, articles, say))


def served(named: Path) -> Path:
    """The base that a path stands for: itself, or what a folder of versions serves."""
    if not named.is_dir():
        return named
    from bot.versions import Versions

    return Versions(named).path()


def open_desk(base: Path | None, articles: Path | None, say: Callable[[str], None], pack: Path | None = None) -> Desk:
    """A desk for one command, on the base that `open_base` chooses."""
    from answers.render import keep_templates
    from bot.answering import Desk

    opened = open_base(base, articles, say, pack)
    keep_templates(cache_folder() / "templates")
    return Desk(opened)


def cache_folder() -> Path:
    """The user's cache folder for compiled bases."""
    return user_folder("XDG_CACHE_HOME", ".cache")


def user_folder(variable: str, default: str) -> Path:
    """Our folder below the one that a variable of the XDG specification names; `default` is below the home folder."""
    root = os.environ.get(variable) or ""
    # the specification has relative paths ignored
    return (Path(root) if root.startswith("/") else Path.home() / default) / "modu"


def compiled(pack: Path, articles: Path | None, say: Callable[[str], None]) -> Path:
    """The path of the compiled `pack` in the cache, built if it is missing or stale."""
    if articles and not articles.is_dir():
        raise ModuError(f"{articles} is no directory of article texts (<id>.txt)")
    folder = cache_folder()
    files = sources(pack, articles)
    marks = "\n".join(f"{path} {found.st_size} {found.st_mtime_ns}" for path, found in files.items())
    place = zlib.crc32(f"{pack}\n{articles}".encode(errors="replace"))
    stamp = folder / f"{pack.name}-{place:08x}.stamp"
    name = _stamped(stamp, marks)
    if name and (folder / name).is_file():
        return folder / name
    path = folder / f"{pack.name}-{_digest(files)}.sqlite"
    if not path.is_file():
        _build(pack, articles, path, say)
    _write_stamp(stamp, f"{path.name}\n{marks}")
    return path


def sources(pack: Path, articles: Path | None) -> dict[Path, os.stat_result]:
    """All files that decide what a compiled base holds: the pack, the language, the program, the texts."""
    found = [p for p in pack.rglob("*") if p.suffix in {".yaml", ".jsonl", ".csv", ".gz"}]
    found += [*_KNOWLEDGE.rglob("*.py"), *(_KNOWLEDGE / "language").glob("*.yaml")]
    found += articles.glob("*.txt") if articles else ()
    return {path: path.stat() for path in sorted(found)}


def _stamped(stamp: Path, marks: str) -> str:
    """The name of the base that the stamp vouches for, '' if the files have changed since."""
    try:
        name, _, known = stamp.read_text("utf-8", "surrogateescape").partition("\n")
    except OSError:
        return ""
    return name if known == marks else ""


def _write_stamp(stamp: Path, text: str) -> None:
    import tempfile

    try:
        handle, name = tempfile.mkstemp(dir=stamp.parent)
        with os.fdopen(handle, "w", encoding="utf-8", errors="surrogateescape") as file:
            file.write(text)
        Path(name).replace(stamp)
    except OSError:
        return  # the stamp only saves time


def _digest(files: dict[Path, os.stat_result]) -> str:
    import hashlib

    digest = hashlib.blake2b(digest_size=8)
    for path in files:
        content = path.read_bytes()
        digest.update(f"{path.name}\n{len(content)}\n".encode(errors="replace"))
        digest.update(content)
    return digest.hexdigest()


def _build(pack: Path, articles: Path | None, path: Path, say: Callable[[str], None]) -> None:
    import sqlite3

    from knowledge.building.build import build
    from knowledge.building.bulk import Bulk
    from knowledge.building.pack import load_pack
    from knowledge.plain.triples import bulk_files

    say(f"modu: building the fact base {path} (once, a few seconds) …")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        built = build(load_pack(pack), path, articles, Bulk(bulk_files(pack)))
    except (OSError, sqlite3.Error) as error:
        raise ModuError(
            f"the fact base can't be written to {path.parent}: {getattr(error, 'strerror', None) or error}; "
            "name a folder by XDG_CACHE_HOME or a finished base by MODU_BASE"
        ) from error
    if articles and not built.counts["paragraph"]:
        path.unlink()
        raise ModuError(f"{articles} holds no text of the pack's articles; each is called <id>.txt")
    _forget(path)


def _forget(kept: Path) -> None:
    """Remove all but the newest bases of the same pack; a process that still reads one keeps it open."""
    prefix = kept.name.rpartition("-")[0]
    found = sorted(kept.parent.glob(f"{prefix}-*.sqlite"), key=lambda p: p.stat().st_mtime, reverse=True)
    for path in [p for p in found if p != kept][KEPT - 1 :]:
        path.unlink(missing_ok=True)
