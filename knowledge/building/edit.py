"""Change one value in a pack's file and leave the rest of the file as its editors wrote it, comments and all."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from knowledge.building.nodes import nearest
from knowledge.errors import ModuError

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Value = str | Sequence[str]
UNCHANGED: Mapping[str, str] = MappingProxyType({})


class EditError(ModuError):
    """What can't be changed, and why."""


def set_fact(pack: Path, fact: str, key: str, value: Value, changed: Mapping[str, str] = UNCHANGED) -> tuple[str, str]:
    """Set a key of a fact (value, as_of, cite, …; statement.zh for a text in one language).

    Returns the file's path within the pack and its new text; nothing is written. `changed` holds such files, to change
    them once more. Raises EditError.
    """
    path, text, item = _find(pack, "facts", fact, changed)
    key, _, language = key.partition(".")
    found = _pair(item, key)
    if language and isinstance(found, yaml.MappingNode):
        item, key, found = found, language, _pair(found, language)
    return path, _put(text, item, key, found, value)


def add_alias(pack: Path, entity: str, alias: str) -> tuple[str, str]:
    """Give an entity a further name; as `set_fact`. Raises EditError."""
    path, text, item = _find(pack, "entities", entity)
    found = _pair(item, "aliases")
    names = [str(each.value) for each in found.value] if isinstance(found, yaml.SequenceNode) else []
    if alias in names:
        raise EditError(f"{entity} is called {alias} already")
    return path, _put(text, item, "aliases", found, [*names, alias])


def sort_of(text: str) -> str:
    """What a pack's file holds, by its content: facts, entities, relations, articles, …; '' if that can't be told."""
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError:
        return ""
    if isinstance(node, yaml.MappingNode):
        keys = _keys(node)
        if "facts" in keys:
            return "facts"
        if {"id", "title"} <= keys:
            return "pack"
        return (
            "cues" if keys and all(isinstance(v, yaml.SequenceNode | yaml.MappingNode) for _, v in node.value) else ""
        )
    items = node.value if isinstance(node, yaml.SequenceNode) else []
    keys = _keys(items[0]) if items and isinstance(items[0], yaml.MappingNode) else set()
    for sort, known in (
        ("articles", {"id", "publisher"}),
        ("disagreements", {"id", "facts", "note"}),
        ("unnamed", {"what", "facts"}),
        ("left_out", {"article", "reason"}),
        ("entities", {"id", "kind"}),
        ("relations", {"id", "zh"}),
    ):
        if known <= keys:
            return sort
    return ""


def _keys(node: yaml.MappingNode) -> set[str]:
    return {str(key.value) for key, _ in node.value}


def _find(pack: Path, sort: str, id_: str, changed: Mapping[str, str] = UNCHANGED) -> tuple[str, str, yaml.MappingNode]:
    """(path within the pack, text, node) of the item with this id."""
    ids: list[str] = []
    single = pack / f"{sort}.yaml"
    for path in ([single] if single.exists() else []) + sorted((pack / sort).rglob("*.yaml")):
        text = changed.get(str(path.relative_to(pack))) or path.read_text("utf-8-sig")
        try:
            node = yaml.compose(text, Loader=_Loader)
        except yaml.YAMLError as error:
            raise EditError(f"{path.relative_to(pack)} can't be read; mend it first") from error
        if isinstance(node, yaml.MappingNode):
            node = _pair(node, sort)
        for item in node.value if isinstance(node, yaml.SequenceNode) else ():
            name = _pair(item, "id") if isinstance(item, yaml.MappingNode) else None
            if name is not None and str(name.value).strip() == id_:
                return str(path.relative_to(pack)), text, item
            ids += [str(name.value)] if name is not None else []
    what = "fact" if sort == "facts" else "entity"
    raise EditError(f"the pack has no {what} {id_!r} in its YAML files; {nearest(id_, ids)}")


def _pair(node: yaml.MappingNode, key: str) -> yaml.Node | None:
    return next((value for name, value in node.value if name.value == key), None)


def _put(text: str, item: yaml.MappingNode, key: str, old: yaml.Node | None, value: Value) -> str:
    """The text with the value in place of the old one, or as a new key behind the item's first plain one."""
    written = _written(value)
    if old is not None and old.end_mark.index > old.start_mark.index:
        start, end = old.start_mark.index, old.end_mark.index
        if isinstance(old, yaml.SequenceNode) and not old.flow_style:
            end = old.value[-1].end_mark.index  # its own end lies behind the remarks that follow
        end = start + len(text[start:end].rstrip())
        return text[:start] + written + text[end:]
    if old is not None:  # 'key:' with nothing behind it
        return f"{text[: old.start_mark.index]} {written}{text[old.start_mark.index :]}"
    first = next((v for _, v in item.value if isinstance(v, yaml.ScalarNode) and v.style not in {"|", ">"}), None)
    if first is None:
        raise EditError(f"the item in line {item.start_mark.line + 1} is written in a way that can't be changed here")
    between = ", " if item.flow_style else "\n" + " " * item.value[0][0].start_mark.column
    at = first.end_mark.index
    return f"{text[:at]}{between}{key}: {written}{text[at:]}"


def _written(value: Value) -> str:
    """As YAML reads it back as text: JSON is YAML. Numbers stay bare, as in cite: [3]."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return f"[{', '.join(v if v.isdecimal() else _written(v) for v in value)}]"
