"""A change of the facts, from the pack's files to the base that is served: staged, looked at, applied.

Staging builds the whole pack with the change beside what is there and compares the result with what is served. Nothing
is touched until the change is applied, and then only if neither the pack nor the served base is another by then.

`python -m bot.change` does either in a process of its own, told and telling in JSON, so that a bot goes on answering
while a base is built.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from bot.versions import Version, Versions
from knowledge.errors import BaseError, ModuError

SUFFIXES = frozenset({".yaml", ".csv", ".jsonl"})
"""Of the files that make a pack."""
_LONGEST = 20_000
"""Lines of a comparison that are kept."""


class ChangeError(ModuError):
    """A change that can't be made, and why."""


@dataclass(frozen=True, slots=True)
class Staged:
    """A change that was built and checked, ready to be applied."""

    candidate: str
    """Name of the built base in the folder of versions."""
    instead_of: str
    """Hash of the base that was served then, 'nothing' if none was."""
    pack: str
    """Digest of the pack's files as they were then."""
    lines: tuple[str, ...]
    """The comparison with what is served, the totals last."""
    warnings: tuple[str, ...] = ()
    """What the articles' texts, if they are at hand, do not bear out."""
    nothing: bool = False
    """Whether it changes no fact and no name."""


def stage(pack: Path, files: Mapping[str, str], versions: Versions, articles: Path | None = None) -> Staged:
    """Build the pack with `files` (path within the pack → text) in place of its own, and compare.

    Raises PackError with file and line, ChangeError for a path that is none, or OSError; nothing is changed then.
    """
    from bot.difference import Difference, compare, render
    from knowledge.building.build import build
    from knowledge.building.bulk import Bulk
    from knowledge.building.pack import load_pack
    from knowledge.plain.triples import bulk_files

    checked = {str(_inside(name)): text for name, text in files.items()}
    before = digest(pack)
    with tempfile.TemporaryDirectory(prefix="modu-change-") as temporary:
        copy = Path(temporary) / "pack"
        shutil.copytree(pack, copy, ignore=_only_pack)
        for name, text in checked.items():
            target = copy / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, "utf-8")
        loaded = load_pack(copy)
        versions.folder.mkdir(parents=True, exist_ok=True)
        built = build(loaded, versions.folder, articles, Bulk(bulk_files(pack)))
        warnings = _warnings(copy, articles) if articles else ()
    served = versions.served()
    now = served.hash if served else "nothing"
    found = Difference({}, {}, {}, 0)
    if served is None:
        lines = [f"{built.counts['fact']} facts, the first base"]
    else:
        try:
            found = compare(versions.path(served), built.path)
            lines = list(render(found))
        except BaseError as error:
            # of another version of the program, or damaged: all the more reason for a new one
            lines = [f"what is served can't be compared: {error}", f"{built.counts['fact']} facts"]
            served = None
    kept = lines if len(lines) <= _LONGEST else [*lines[:_LONGEST], "…", lines[-1]]
    return Staged(
        candidate=built.path.name,
        instead_of=now,
        pack=before,
        lines=tuple(kept),
        warnings=warnings,
        nothing=served is not None and found.nothing and not checked,
    )


def apply(pack: Path, files: Mapping[str, str], versions: Versions, staged: Staged, who: str) -> Version:
    """Write the files into the pack and serve the staged base.

    Raises ChangeError where the pack was changed since, VersionsError where another base was published since. Should
    the process die in between, the pack is ahead of the base, and staging it again shows the same change.
    """
    written = {_inside(name): text for name, text in files.items()}
    served = versions.served()
    if served and served.file == staged.candidate:
        return served  # the process that applied it died before it could tell
    if digest(pack) != staged.pack:
        raise ChangeError("the pack's files were changed meanwhile; look at the changes again: /reload")
    if (served.hash if served else "nothing") != staged.instead_of:
        raise ChangeError("another base was published meanwhile; look at the changes again: /reload")
    for path, text in written.items():
        _write(pack / path, text)
    return versions.publish(versions.folder / staged.candidate, who, instead_of=staged.instead_of)


def digest(pack: Path) -> str:
    """Changes with every file of the pack."""
    found = hashlib.sha256()
    for path in sorted(p for p in pack.rglob("*") if p.suffix in SUFFIXES and p.is_file()):
        content = path.read_bytes()
        found.update(f"{path.relative_to(pack)}\n{len(content)}\n".encode())
        found.update(content)
    return found.hexdigest()


def _inside(name: str) -> PurePosixPath:
    """A path within a pack. Raises ChangeError for one that leads out of it, or to no file of a pack."""
    path = PurePosixPath(name)
    if path.is_absolute() or not path.parts or any(p in {"..", ""} or "\\" in p or "\x00" in p for p in path.parts):
        raise ChangeError(f"{name!r} is no path within a pack")
    if path.suffix not in SUFFIXES or any(part.startswith(".") for part in path.parts):
        raise ChangeError(f"{name!r} is no file of a pack; these are {', '.join(sorted(SUFFIXES))}")
    return path


def _only_pack(folder: str, names: list[str]) -> set[str]:
    """What is not copied: everything that is no folder and no file of a pack."""
    return {n for n in names if not (Path(folder, n).is_dir() or Path(n).suffix in SUFFIXES) or n.startswith(".")}


def _warnings(pack: Path, articles: Path) -> tuple[str, ...]:
    from knowledge.building.build import read_articles
    from knowledge.building.check import check, render
    from knowledge.building.pack import load_pack

    loaded = load_pack(pack)
    report = check(loaded, read_articles(loaded, articles))
    return tuple(line for line in render(report) if line.startswith(("unverified ", "copied ")))


def _write(path: Path, text: str) -> None:
    """Replace a file in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".changing")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(path.stat().st_mode if path.exists() else 0o644)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def obey(order: Mapping[str, Any]) -> dict[str, Any]:
    """Do what an order asks for: its result, or {'error': …}."""
    from bot.start import sentence

    pack, versions = Path(order["pack"]), Versions(Path(order["versions"]))
    articles = Path(order["articles"]) if order.get("articles") else None
    try:
        if order["do"] == "rollback":
            return asdict(versions.rollback(order["who"], order["to"]))
        if order["do"] == "stage":
            return asdict(stage(pack, order["files"], versions, articles))
        staged = Staged(**order["staged"])
        return asdict(apply(pack, order["files"], versions, staged, order["who"]))
    except Exception as error:  # noqa: BLE001 -- whatever it is, an administrator reads it
        return {"error": sentence(error).removeprefix("modu: ")}


if __name__ == "__main__":
    os.nice(5)  # who asks goes before who builds
    json.dump(obey(json.load(sys.stdin.buffer)), sys.stdout)
