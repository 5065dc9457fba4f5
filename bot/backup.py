"""A backup in one file: the state database, the bases with their history, the pack; and the way back."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot import __version__
from bot.change import SUFFIXES
from bot.versions import JOURNAL, Versions, verify
from knowledge.building.written import refuse_device
from knowledge.errors import ModuError

_MANIFEST = "manifest.json"
STATE = "state.sqlite"


class BackupError(ModuError):
    """A backup that can't be made or used, and why."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What is backed up; None for what there is not."""

    state: Path | None
    """The SQLite file of the state."""
    bases: Path | None
    """The folder of versions."""
    pack: Path | None


def backup(sources: Sources, out: Path) -> dict[str, int]:
    """Write a backup to the file `out`; path → bytes of what it holds.

    The state is copied as a whole while the bot works on it. The file appears in one step. Raises BackupError or
    OSError.
    """
    refuse_device(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="modu-backup-") as folder:
        files = dict(_files(sources, Path(folder)))
        if not files:
            raise BackupError("there is nothing to back up: neither a state database nor a folder of versions")
        manifest = {
            "modu": __version__,
            "made": datetime.now(UTC).isoformat(timespec="seconds"),
            "files": {name: {"size": path.stat().st_size, "sha256": _digest(path)} for name, path in files.items()},
        }
        handle, name = tempfile.mkstemp(dir=out.parent, suffix=".writing")
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
                    archive.writestr(_MANIFEST, json.dumps(manifest, indent=1))
                    for inside, path in files.items():
                        archive.write(path, inside)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(out)
        finally:
            temporary.unlink(missing_ok=True)
    return {name: int(about["size"]) for name, about in manifest["files"].items()}  # type: ignore[attr-defined]


def _files(sources: Sources, folder: Path) -> Iterator[tuple[str, Path]]:
    """(path in the backup, file)."""
    if sources.state and sources.state.is_file():
        yield STATE, _copied(sources.state, folder / STATE)
    if sources.bases and (sources.bases / JOURNAL).is_file():
        versions = Versions(sources.bases)
        # the journal first: what it names stays for longer than a copy takes
        journal = Path(shutil.copy(versions.journal, folder / JOURNAL))
        yield f"bases/{JOURNAL}", journal
        served = versions.served()
        kept = {v.file for v in versions.earlier()} | ({served.file} if served else set())
        yield from ((f"bases/{name}", sources.bases / name) for name in sorted(kept))
    if sources.pack:
        found = sorted(p for p in sources.pack.rglob("*") if p.suffix in SUFFIXES and p.is_file())
        yield from ((f"pack/{path.relative_to(sources.pack)}", path) for path in found)


def _copied(source: Path, target: Path) -> Path:
    """A consistent copy of an SQLite file that others write to."""
    with (
        closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as old,
        closing(sqlite3.connect(target)) as new,
    ):
        try:
            old.backup(new)
            new.execute("pragma journal_mode = delete")  # a file for itself, without another beside it
        except sqlite3.Error as error:
            raise BackupError(f"{source} can't be copied: {error}") from error
    return target


def check(file: Path) -> dict[str, int]:
    """Make sure that a backup can be used: every file whole, the state sound, the served base able to answer.

    Path → bytes of what it holds. Raises BackupError, BaseError or VersionsError with what is wrong.
    """
    with tempfile.TemporaryDirectory(prefix="modu-restore-") as folder:
        return _unpacked(file, Path(folder))


def restore(file: Path, folder: Path) -> dict[str, int]:
    """Unpack a backup, once it is checked, into a new folder. Raises as `check` does, and OSError."""
    if folder.exists() and any(folder.iterdir()):
        raise BackupError(f"{folder} is not empty; name a new folder, and move its parts to where they belong")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restoring-", dir=folder.parent) as temporary:
        inside = Path(temporary) / "whole"
        held = _unpacked(file, inside)
        if folder.exists():
            folder.rmdir()
        inside.replace(folder)
    return held


def _unpacked(file: Path, folder: Path) -> dict[str, int]:
    """Unpack into `folder` and check everything there."""
    try:
        with zipfile.ZipFile(file) as archive:
            files = json.loads(archive.read(_MANIFEST))["files"]
            for name in files:
                target = (folder / name).resolve()
                if not target.is_relative_to(folder.resolve()):
                    raise BackupError(f"{file} is no backup: {name!r} leads out of it")
                target.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(name) as packed, target.open("wb") as out:
                    shutil.copyfileobj(packed, out)
    except (zipfile.BadZipFile, zlib.error, LookupError, ValueError, TypeError, EOFError, NotImplementedError) as error:
        raise BackupError(f"{file} is no backup, or a damaged one: {error}") from error
    for name, about in files.items():
        if _digest(folder / name) != about["sha256"]:
            raise BackupError(f"{file} is damaged: {name} is not what was backed up")
    if STATE in files:
        problem = sound(folder / STATE)
        if problem:
            raise BackupError(f"the state in {file} is damaged: {problem}")
    if f"bases/{JOURNAL}" in files:
        verify(Versions(folder / "bases").path())
    return {name: int(about["size"]) for name, about in files.items()}


def sound(state: Path) -> str:
    """What is wrong with an SQLite file, '' if nothing is."""
    try:
        with closing(sqlite3.connect(f"{state.resolve().as_uri()}?mode=ro", uri=True)) as db:
            found = str(db.execute("pragma integrity_check(1)").fetchone()[0])
    except sqlite3.Error as error:
        return str(error)
    return "" if found == "ok" else found


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
