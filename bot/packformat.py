"""All keys of a pack's files as one document: what each means, by the schemas, and a pack that uses them all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from knowledge.building.schema import NAMES, Schema, schema

EXAMPLE = Path("tests/packs/tea-hills")
_HEAD = f"""# The files of a pack

Written by `make docs` from the schemas of the files (`modu pack schema` writes them for your editor) and from
[{EXAMPLE}](../{EXAMPLE}), an invented pack that uses every key once. Keys in **bold** have to be given. Texts are
`{{zh: …, en: …}}`, or one text for both; words are `{{zh: […], en: […]}}`, or one list for both. How to begin:
[your-own-world.md](your-own-world.md). What the keys change in an answer: [modelling.md](modelling.md).
"""


def document(root: Path) -> str:
    """The Markdown document; `root` is the folder of this repository."""
    return "\n".join([_HEAD, *(_section(name, root / EXAMPLE) for name in NAMES)])


def keys(name: str) -> Iterator[tuple[str, str, bool]]:
    """(key, what it means, whether it has to be given) for each key of the files called `name`."""
    for below in _objects(schema(name)):
        required = set(below.get("required", ()))
        for key, value in below["properties"].items():
            yield key, value.get("description", ""), key in required


def _objects(node: Schema) -> Iterator[Schema]:
    """The mapping that a file holds or lists, and the one that is listed in it."""
    node = next((n for n in node.get("anyOf", ()) if n.get("type") == "array"), node)
    node = node["items"] if node.get("type") == "array" else node
    if "properties" in node:
        yield node
        if "facts" in node["properties"] and "article" in node["properties"]:
            yield from _objects(node["properties"]["facts"])


def _section(name: str, example: Path) -> str:
    title = schema(name)["title"]
    file = next(f for f in (example / f"{name}.yaml", *sorted((example / name).glob("*.yaml"))) if f.exists())
    rows = [f"| {f'**`{key}`**' if must else f'`{key}`'} | {text} |" for key, text, must in keys(name)]
    table = ["", "| Key | Holds |", "|---|---|", *rows] if rows else ["", "The id of a fact, and words for it."]
    shown = file.relative_to(example).as_posix()
    return "\n".join([f"## {shown}\n", f"{title}.", *table, "\n```yaml", file.read_text("utf-8").rstrip(), "```", ""])
