"""Two fact bases compared: which facts and names were added, which changed in which field, which were withdrawn."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from knowledge.errors import BaseError
from knowledge.store.base import Base

Fields = dict[str, str]
"""A fact's fields as text; entities and relations by their ids, since numbers differ from base to base."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field of a fact that is in both bases."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What leads from the old base to the new one, by fact id in the order of ids."""

    added: dict[str, Fields]
    changed: dict[str, tuple[Change, ...]]
    withdrawn: dict[str, Fields]
    same: int
    """Facts that are alike in both."""
    names: tuple[str, ...] = ()
    """A line for each entity that was added, changed or withdrawn."""

    @property
    def nothing(self) -> bool:
        """Whether the two hold the same facts and names."""
        return not (self.added or self.changed or self.withdrawn or self.names)


def compare(old: Path, new: Path) -> Difference:
    """Compare two bases. Raises BaseError for a file that is no base."""
    before, after = facts(old), facts(new)
    changed: dict[str, tuple[Change, ...]] = {}
    for name in sorted(before.keys() & after.keys()):
        a, b = before[name], after[name]
        found = tuple(Change(f, a.get(f, ""), b.get(f, "")) for f in dict.fromkeys([*a, *b]) if a.get(f) != b.get(f))
        if found:
            changed[name] = found
    return Difference(
        added={name: after[name] for name in sorted(after.keys() - before.keys())},
        changed=changed,
        withdrawn={name: before[name] for name in sorted(before.keys() - after.keys())},
        same=len(before.keys() & after.keys()) - len(changed),
        names=tuple(_names(_entities(old), _entities(new))),
    )


def _names(before: dict[str, Fields], after: dict[str, Fields]) -> Iterator[str]:
    for name in sorted(before.keys() | after.keys()):
        old, new = before.get(name, {}), after.get(name, {})
        if not old:
            yield f"+ name {name}: {new['name']}"
        elif not new:
            yield f"- name {name}: {old['name']}"
        else:
            for field in [f for f in old if old[f] != new[f]]:
                yield f"~ name {name} {field}: {old[field] or '—'} → {new[field] or '—'}"


def _entities(path: Path) -> dict[str, Fields]:
    """What each entity is called."""
    db = _open(path)
    try:
        return {
            str(row["id"]): {
                "name": f"{row['zh']} / {row['en']}",
                "kind": str(row["kind"]),
                "aliases": ", ".join(json.loads(row["aliases"])),
                "description": " / ".join(t for t in (row["about_zh"], row["about_en"]) if t),
            }
            for row in db["entity"].rows
        }
    except (sqlite3.Error, KeyError, ValueError) as error:
        raise _damaged(path, error) from error
    finally:
        db.close()


def _open(path: Path) -> Database:
    return Database(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True))


def _damaged(path: Path, error: Exception) -> BaseError:
    return BaseError(f"{path} is damaged ({error}); build it anew: modu facts build")


def facts(path: Path) -> dict[str, Fields]:
    """All facts of a base by id."""
    base = Base(path)  # says clearly what is wrong with a file that is none
    base.close()
    db = _open(path)
    try:
        entities = {row["e"]: str(row["id"]) for row in db["entity"].rows}
        relations = {row["r"]: str(row["id"]) for row in db["relation"].rows}
        cited: dict[int, list[str]] = {}
        for row in db["citation"].rows_where(order_by="f, n"):
            cited.setdefault(row["f"], []).append(f"{row['article']}:{row['paragraph']}")
        return {
            row["id"]: _fields(row, entities, relations[row["relation"]], cited.get(row["f"], []))
            for row in db["fact"].rows
        }
    except (sqlite3.Error, KeyError, ValueError) as error:
        raise _damaged(path, error) from error
    finally:
        db.close()


def _fields(row: dict[str, object], entities: dict[int, str], relation: str, cited: list[str]) -> Fields:
    data = json.loads(str(row["data"]))
    found = {
        "subject": entities[int(str(row["subject"]))],
        "relation": relation,
        "value": data["value"],
        "objects": ", ".join(entities[e] for e in data["objects"]),
        "as_of": f"{row['as_of']}{' (relative)' if data['relative'] else ''}",
        "according_to": entities.get(data["by"], ""),
        "place": entities.get(data["place"], ""),
        "mentions": ", ".join(sorted(entities[e] for e in data["entities"])),
        "zh": data["zh"],
        "en": data["en"],
        "note": " / ".join(t for t in data["note"] if t),
        "cited": ", ".join(cited),
    }
    return {name: str(value) for name, value in found.items()}


def render(difference: Difference) -> Iterator[str]:
    """The difference as lines: + added, ~ changed with the fields, - withdrawn, then the totals."""
    for name, found in difference.added.items():
        yield f"+ {name}: {found['zh']}"
    for name, changes in difference.changed.items():
        yield f"~ {name}"
        for change in changes:
            yield f"    {change.field}: {change.old or '—'} → {change.new or '—'}"
    for name, found in difference.withdrawn.items():
        yield f"- {name}: {found['zh']}"
    yield from difference.names
    yield (
        f"{len(difference.added)} added, {len(difference.changed)} changed, {len(difference.withdrawn)} withdrawn, "
        f"{difference.same} the same"
    )
