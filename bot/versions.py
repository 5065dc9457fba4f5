"""A folder of finished bases and which of them is served.

The bases are immutable and named by their content. One file, `versions.jsonl`, says which is served: its last line;
the lines before it are the history. The file is never written in place but replaced in one step, so that the switch and
its record can't come apart, and whatever dies in between leaves the old file or the new one. Any number of processes
may read; those that write take turns by a lock.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from knowledge.errors import BaseError, ModuError
from knowledge.store.base import Base

JOURNAL = "versions.jsonl"
_LOCK = "lock"
HASH = 16
"""Hexadecimal digits of a hash."""
KEPT = 10
"""Bases that stay for a rollback, those served last."""
_LEFTOVER_S = 3600.0
"""Age at which the unfinished file of a build that died is removed, and a base that was never published."""
_NAMED = re.compile(rf"-[0-9a-f]{{{HASH}}}\.sqlite$")


class VersionsError(ModuError):
    """A folder of bases that can't be switched, and why."""


@dataclass(frozen=True, slots=True)
class Version:
    """One switch: from `when` on the base `hash` is served."""

    hash: str
    """First 16 hexadecimal digits of the file's SHA-256."""
    file: str
    """Name of the base within the folder."""
    when: str
    """ISO, UTC, to the second."""
    who: str
    """Who switched: the user of a command line, or an administrator's number."""
    how: str
    """publish or rollback."""
    counts: dict[str, int] = field(default_factory=dict)
    """entities, facts, …"""
    changes: dict[str, int] = field(default_factory=dict)
    """added, changed, withdrawn against the version before; empty for the first."""


class Mark(NamedTuple):
    """What tells one journal from the next without reading it."""

    inode: int
    changed_ns: int
    size: int


NO_MARK = Mark(0, 0, 0)


class Versions:
    """The folder. Nothing is read before it is asked for; the folder may not exist yet."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.journal = folder / JOURNAL

    def mark(self) -> Mark:
        """Changes with every switch; one stat. NO_MARK where nothing has been published."""
        try:
            found = self.journal.stat()
        except FileNotFoundError:
            return NO_MARK
        return Mark(found.st_ino, found.st_mtime_ns, found.st_size)

    def history(self) -> list[Version]:
        """All switches, the oldest first. Raises VersionsError where the journal can't be read."""
        return self._versions(slice(None))

    def served(self) -> Version | None:
        """The version that is served, None where nothing has been published. Raises VersionsError."""
        found = self._versions(slice(-1, None))
        return found[0] if found else None

    def _versions(self, part: slice) -> list[Version]:
        try:
            lines = self.journal.read_text("utf-8").splitlines()[part]
        except FileNotFoundError:
            return []
        try:
            return [Version(**json.loads(line)) for line in lines]
        except (ValueError, TypeError) as error:
            raise VersionsError(
                f"{self.journal} is damaged ({error}); restore it from a backup, or move it away and publish again"
            ) from error

    def path(self, version: Version | None = None) -> Path:
        """The file of a version, of the one served by default. Raises VersionsError where there is none."""
        version = version or self.served()
        if version is None:
            raise VersionsError(f"nothing is published in {self.folder}; modu facts build --publish {self.folder}")
        return self.folder / version.file

    def publish(self, candidate: Path, who: str, *, instead_of: str | None = None) -> Version:
        """Verify a base built into the folder and serve it from now on.

        `instead_of` is the hash that the caller compared with ('nothing' where nothing was served); if another one is
        served by now, nothing is switched. Publishing what is served already changes nothing. Raises VersionsError,
        BaseError or OSError, and then serves what was served.
        """
        if candidate.parent.resolve() != self.folder.resolve():
            raise VersionsError(f"{candidate} is not in {self.folder}; build it there")
        counts = verify(candidate)
        digest = _digest(candidate)
        with self._locked():
            served = self.served()
            now = served.hash if served else "nothing"
            if instead_of is not None and instead_of != now:
                raise VersionsError(f"{now} is served by now, not {instead_of}; look at the changes again")
            if served and served.hash == digest:
                return served
            changes = self._changes(served, candidate)
            return self._switch(Version(digest, candidate.name, _now(), who, "publish", counts, changes))

    def rollback(self, who: str, to: str = "") -> Version:
        """Serve an earlier base again: the one before the one served, or the one whose hash begins with `to`.

        Twice in a row goes two steps back. Raises VersionsError where there is none, or several begin with `to`.
        """
        with self._locked():
            served = self.served()
            chosen = self.named(to) if to else self.before()
            path = self.path(chosen)
            counts = verify(path)
            changes = self._changes(served, path)
            return self._switch(Version(chosen.hash, chosen.file, _now(), who, "rollback", counts, changes))

    def earlier(self) -> list[Version]:
        """Versions that can be served again, each base once, the one served last first."""
        history = self.history()
        found: dict[str, Version] = {}
        for version in reversed(history[:-1]):
            if version.hash != history[-1].hash and (self.folder / version.file).is_file():
                found.setdefault(version.hash, version)
        return list(found.values())

    def before(self) -> Version:
        """What was served before the base was published that is served now. Raises VersionsError if there is none."""
        history = self.history()
        served = history[-1].hash if history else ""
        published = [n for n, v in enumerate(history) if v.hash == served and v.how == "publish"]
        for version in reversed(history[: published[-1]] if published else []):
            if version.hash != served and (self.folder / version.file).is_file():
                return version
        raise self._none("")

    def named(self, to: str) -> Version:
        """The earlier version whose hash begins so. Raises VersionsError if there is none, or more than one."""
        found = [v for v in self.earlier() if v.hash.startswith(to)]
        if len(found) > 1:
            raise VersionsError(f"{to} may be {' or '.join(v.hash for v in found)}; write more of it")
        if not found:
            raise self._none(f" {to}…")
        return found[0]

    def _none(self, wanted: str) -> VersionsError:
        known = ", ".join(v.hash for v in self.earlier()) or "none"
        return VersionsError(f"{self.folder} holds no earlier base{wanted}; known: {known}")

    def _changes(self, served: Version | None, candidate: Path) -> dict[str, int]:
        from bot.difference import compare

        if served is None:
            return {}
        try:
            found = compare(self.path(served), candidate)
        except BaseError:
            return {}  # what is served is gone or damaged: all the more reason to switch
        return {"added": len(found.added), "changed": len(found.changed), "withdrawn": len(found.withdrawn)}

    def _switch(self, version: Version) -> Version:
        lines = [json.dumps(asdict(v), ensure_ascii=False) for v in (*self.history(), version)]
        # the base has to be on the disk before a journal that names it
        _sync(self.folder)
        handle, name = tempfile.mkstemp(suffix=".switching", dir=self.folder)
        temporary = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write("".join(f"{line}\n" for line in lines))
                file.flush()
                os.fsync(file.fileno())
            temporary.chmod(0o644)
            temporary.replace(self.journal)
        finally:
            temporary.unlink(missing_ok=True)
        _sync(self.folder)
        with suppress(OSError):  # the switch is made; tidying may fail
            self._forget()
        return version

    def _forget(self) -> None:
        """Remove bases beyond those kept, and what builds that died left behind."""
        history = self.history()
        kept = list(dict.fromkeys(v.file for v in reversed(history)))[:KEPT]
        for name in {v.file for v in history} - set(kept):
            (self.folder / name).unlink(missing_ok=True)
        before = datetime.now(UTC).timestamp() - _LEFTOVER_S
        for path in self.folder.iterdir():
            candidate = _NAMED.search(path.name) and path.name not in kept
            if (candidate or path.suffix in {".building", ".switching"}) and path.stat().st_mtime < before:
                path.unlink(missing_ok=True)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One writer at a time; the lock ends with the process, however that ends."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / _LOCK).open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def verify(path: Path) -> dict[str, int]:
    """Make sure that a base can be served: whole, readable, not empty, and able to answer. Counts what it holds.

    Raises BaseError with what is wrong.
    """
    from bot.answering import Desk

    with closing(Base(path)) as base:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as db:
            try:
                found = db.execute("pragma quick_check(1)").fetchone()[0]
            except sqlite3.Error as error:
                found = str(error)
        if found != "ok":
            raise BaseError(f"{path} is damaged ({found}); build it anew: modu facts build")
        if not base.fact_count:
            raise BaseError(f"{path} holds no fact; it is not served")
        name = path.stem.rpartition("-")[2]
        if len(name) == HASH and name != _digest(path):
            raise BaseError(f"{path} is not what its name says; build it anew: modu facts build")
        desk = Desk(base)
        for question in (q for questions in base.caption.examples.values() for q in questions):
            desk.reply(question)
        return {"entities": base.entity_count, "facts": base.fact_count, "articles": len(base.articles)}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()[:HASH]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _sync(folder: Path) -> None:
    """Names of files are on the disk once their folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
