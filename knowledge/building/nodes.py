"""The YAML files of a pack as nodes that keep their place, turned into values; mistakes are collected, not raised.

YAML is composed (libyaml), never constructed: nothing in a pack is ever executed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import yaml
from rapidfuzz import fuzz, process

from knowledge.errors import Problem
from knowledge.store.records import Text

LANGUAGES = ("zh", "en")
_NULL = "tag:yaml.org,2002:null"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_BRACKET = re.compile(r"[\[\]{}]")
_DEEPEST = 200
_TORN = 'a text with a comma in it needs quotes: "…, …"'
_COLON = ("mapping values are not allowed in this context", "did not find expected ',' or '}'")
"""What is said of a text with a colon and without quotes."""
_INDENTED = re.compile(r"^[ ?:-]{500}", re.MULTILINE)
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Stop(Exception):
    """Leave one item of a file; the rest is still read."""


class NodeReader:
    """Turns YAML nodes into values and collects problems."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.problems: list[Problem] = []
        self.path = ""
        self.broken: set[str] = set()
        """Ids of items with a mistake, and folders with a file that can't be read: a reference to what is there, but
        wrong, is no second mistake."""

    def error(self, code: str, node: yaml.Node | None, message: str) -> None:
        line, column = (node.start_mark.line + 1, node.start_mark.column + 1) if node else (0, 0)
        self.problems.append(Problem(code, self.path, line, column, message))

    def stop(self, code: str, node: yaml.Node | None, message: str) -> NoReturn:
        self.error(code, node, message)
        raise Stop

    def load(self, path: Path) -> yaml.Node | None:
        self.path = str(path.relative_to(self.root))
        try:
            text = path.read_text("utf-8-sig")
            if control := _CONTROL.search(text):
                before = text[: control.start()]
                line, column = before.count("\n") + 1, control.start() - before.rfind("\n")
                self.problems.append(Problem("K017", self.path, line, column, "control characters are not allowed"))
            elif _too_deep(text):  # libyaml would end the process
                self.error("K003", None, "is nested too deeply")
            else:
                return yaml.compose(text, Loader=_Loader)
        except OSError as error:
            self.error("K001", None, f"can't be read: {error.strerror}")
        except UnicodeDecodeError as error:
            self.error("K002", None, f"is not UTF-8 (byte {error.start}): save it as UTF-8")
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
            what = getattr(error, "problem", None) or str(error).splitlines()[0]
            what += "; a text with a colon in it needs quotes" if what in _COLON else ""
            self.problems.append(Problem("K003", self.path, line, column, f"is no YAML: {what}"))
        self.give_up()
        return None

    def give_up(self) -> None:
        """Leave the rest of the file."""
        self.broken.add(Path(self.path).parts[0].removesuffix(".yaml"))

    def mapping(self, node: yaml.Node, required: Iterable[str], optional: Iterable[str]) -> dict[str, yaml.Node]:
        if not isinstance(node, yaml.MappingNode):
            self.stop("K010", node, "a mapping (key: value) is expected here")
        known = [*required, *optional]
        result: dict[str, yaml.Node] = {}
        torn = False
        for key, value in node.value:
            if key.value not in known:
                rest = node.flow_style and _is_rest(key, value)
                if not (rest and torn):  # one text, however many commas
                    self.error(
                        "K011", key, f"unknown key {key.value!r}; {_TORN if rest else nearest(key.value, known)}"
                    )
                torn = torn or rest
            elif key.value in result:
                self.error("K013", key, f"key {key.value!r} is given twice")
            else:
                result[key.value] = value
        for key in required:
            if key not in result:
                self.stop("K014", node, f"the key {key!r} is missing")
        return result

    def items(self, node: yaml.Node | None) -> Iterator[yaml.Node]:
        if node is None or node.tag == _NULL or (isinstance(node, yaml.ScalarNode) and not node.value):
            return
        if not isinstance(node, yaml.SequenceNode):
            self.stop("K015", node, "a list (- …) is expected here")
        yield from node.value

    def string(self, node: yaml.Node | None) -> str:
        if node is None or node.tag == _NULL:
            return ""
        if not isinstance(node, yaml.ScalarNode):
            self.stop("K016", node, "a single value is expected here")
        value = str(node.value).strip()
        if _CONTROL.search(value):
            self.stop("K017", node, "control characters are not allowed")
        return value

    def strings(self, node: yaml.Node | None) -> tuple[str, ...]:
        return tuple(self.string(item) for item in self.items(node))

    def text(self, node: yaml.Node | None) -> Text:
        if node is None:
            return Text()
        if isinstance(node, yaml.ScalarNode):
            return Text(self.string(node), self.string(node))
        keys = self.mapping(node, (), LANGUAGES)
        return Text(self.string(keys.get("zh")), self.string(keys.get("en")))

    def cues(self, node: yaml.Node | None) -> tuple[str, ...]:
        """A flat list, or a list for each language."""
        if not isinstance(node, yaml.MappingNode):
            return self.strings(node)
        keys = self.mapping(node, (), LANGUAGES)
        return tuple(cue for key in LANGUAGES for cue in self.strings(keys.get(key)))

    def integer(self, node: yaml.Node) -> int:
        text = self.string(node)
        if not text.isdecimal() or len(text) > 9:
            self.stop("K018", node, f"{text!r} is no whole number")
        return int(text)

    def boolean(self, node: yaml.Node | None) -> bool:
        text = self.string(node)
        if text not in ("", "true", "false"):
            self.stop("K028", node, f"{text!r} is neither true nor false")
        return text == "true"

    def each(self, node: yaml.Node | None, read: Callable[[yaml.Node], Any]) -> Iterator[Any]:
        """Read a list's items one by one; an item with a mistake is left out, the others are read."""
        try:
            items = list(self.items(node))
        except Stop:
            self.give_up()
            return
        for item in items:
            try:
                found = read(item)
            except Stop:
                if isinstance(item, yaml.MappingNode):
                    self.broken.update(str(v.value) for k, v in item.value if k.value == "id")
                continue
            yield found


def _too_deep(text: str) -> bool:
    """Whether brackets or indentation go deeper than any pack needs."""
    depth = 0
    for bracket in _BRACKET.findall(text):
        depth = depth + 1 if bracket in "[{" else max(0, depth - 1)
        if depth > _DEEPEST:
            return True
    return bool(_INDENTED.search(text))


def _is_rest(key: yaml.Node, value: yaml.Node) -> bool:
    """Whether an unknown key within braces is what stands behind a comma of a text without quotes."""
    return " " in str(key.value) or value.start_mark.index == value.end_mark.index


def nearest(name: str, names: Iterable[str]) -> str:
    """'nearest: …' for an error message."""
    best = process.extractOne(name, list(names), scorer=fuzz.ratio) if name else None
    return f"nearest: {best[0]!r}" if best and best[1] >= 50 else "there is none like it"
