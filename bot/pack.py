"""The commands `modu pack …`: begin a pack of one's own, and help editors with its files."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import click

from knowledge.errors import ModuError


@click.group()
def pack() -> None:
    """Begin a pack of your own, and help your editor with its files."""


@pack.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--id", "name", help="Id of the pack: letters, digits, hyphens. Default: the folder's name.")
@click.option("--bundled", is_flag=True, help="A copy of the bundled pack, to be changed, in place of an empty one.")
def new(folder: Path, name: str | None, bundled: bool) -> None:
    """Begin a pack in the new folder DIR: its files with examples, relations to start from, schemas for editors."""
    from bot.bases import PACK
    from knowledge.building.pack import ID

    name = name or folder.resolve().name
    if not ID.fullmatch(name):
        raise click.UsageError(f"{name!r} is no id: letters, digits, hyphens; give one by --id.")
    if folder.exists() and any(folder.iterdir()):
        raise ModuError(f"{folder} is not empty; name a new folder")
    shutil.copytree(PACK if bundled else PACK.parent / "starter", folder, dirs_exist_ok=True)
    if not bundled:
        head = folder / "pack.yaml"
        head.write_text(head.read_text("utf-8").replace("my-world", name, 1), "utf-8")
    (folder / "facts").mkdir(exist_ok=True)
    _write_schemas(folder / "schema")
    settings = folder / ".vscode" / "settings.json"
    settings.parent.mkdir()
    _write_json(settings, _settings())
    click.echo(
        f"{folder}: a pack to fill; next: modu article import FILE --pack {folder} …, modu facts check --pack {folder}"
    )


@pack.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def schema(folder: Path) -> None:
    """Write the JSON Schemas of a pack's files to DIR.

    An editor that knows them completes keys and marks mistakes while you write. DIR/settings.json says which schema is
    for which file, as editors with the YAML language server read it.
    """
    _write_schemas(folder)
    _write_json(folder / "settings.json", _settings())
    click.echo(f"{folder}: {len(list(folder.glob('*.json'))) - 1} schemas and settings.json")


def _settings() -> dict[str, object]:
    from knowledge.building.schema import editor_settings

    return editor_settings("./schema")


def _write_schemas(folder: Path) -> None:
    from knowledge.building.schema import NAMES, schema

    folder.mkdir(parents=True, exist_ok=True)
    for name in NAMES:
        _write_json(folder / f"{name}.json", schema(name))


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", "utf-8")
