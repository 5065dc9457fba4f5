"""The documents say what the program does: transcripts are run again, the reference made again, links followed."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import packformat, reference
from bot.answering import Desk
from bot.bases import PACK
from knowledge.building.build import build
from knowledge.building.pack import load_pack
from knowledge.building.schema import NAMES
from knowledge.store.base import Base
from knowledge.store.records import Pack

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.zh.md")
GUIDE = "docs/your-own-world.md"
DOCUMENTS = (
    *READMES,
    GUIDE,
    "CHANGELOG.md",
    "docs/administration.md",
    "docs/commands.md",
    "docs/modelling.md",
    "docs/settings.md",
    "docs/pack-format.md",
)
RENEW = "make docs writes it anew"

_FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_SHELL = re.compile(r"^```(?:console|sh)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def transcripts() -> Iterator[tuple[str, str, str]]:
    """(document, command, what it is said to print) for every command in a console block."""
    for name in (*READMES, GUIDE):
        for block in reference.BLOCK.findall(read(name)):
            _, *parts = reference.COMMAND.split(block)
            for command, printed in zip(parts[::2], parts[1::2], strict=True):
                yield name, command, printed.strip("\n")


TRANSCRIPTS = list(transcripts())


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled pack, compiled."""
    return build(load_pack(PACK), tmp_path_factory.mktemp("bundled") / "model-cities.sqlite").path


@pytest.fixture(scope="module")
def folder(alpine_pack: Pack, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that looks like this repository to the transcripts, with the base that the READMEs have you build."""
    made = tmp_path_factory.mktemp("readme")
    (made / "tests").symlink_to(ROOT / "tests", target_is_directory=True)
    build(alpine_pack, made / "huts.sqlite")
    windmills = ROOT / "tests" / "packs" / "windmills"
    build(load_pack(windmills), made / "windmills.sqlite", windmills.with_name("windmills-articles"))
    return made


@pytest.fixture
def _scene(bundled: Path, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [n for n in os.environ if n.startswith("MODU_")]:
        monkeypatch.delenv(name)
    for name in ("XDG_CACHE_HOME", "XDG_STATE_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setenv("MODU_BASE", str(bundled))
    monkeypatch.chdir(folder)


@pytest.mark.usefixtures("_scene")
@pytest.mark.parametrize(("document", "command", "printed"), TRANSCRIPTS, ids=[f"{d}: {c}" for d, c, _ in TRANSCRIPTS])
def test_transcript_is_what_the_program_prints(document: str, command: str, printed: str) -> None:
    assert reference.output(command) == printed, f"{document}: {RENEW}"


def test_transcripts_show_every_kind_of_command() -> None:
    for name in READMES:
        commands = [command for document, command, _ in TRANSCRIPTS if document == name]
        for wanted in ("modu ask", "modu chat", "modu explain", "modu facts show", "modu facts check"):
            assert any(wanted in command for command in commands), f"{name} lacks {wanted}"


def test_refreshing_leaves_the_rest_of_a_document_as_it_is() -> None:
    printed = {command: text for _, command, text in TRANSCRIPTS}
    for name in READMES:
        assert reference.refreshed(read(name), printed.__getitem__) == read(name)
    assert reference.refreshed("a\n```console\n$ one\nold\n```\nb\n", lambda c: f"{c}!") == (
        "a\n```console\n$ one\none!\n```\nb\n"
    )


@pytest.mark.parametrize("command", ["rm -rf x", "modu ask x | sort", ""])
def test_transcripts_run_nothing_but_the_program(command: str) -> None:
    with pytest.raises(ValueError, match="can't run"):
        reference.output(command)


def test_reference_is_what_the_commands_say() -> None:
    assert read("docs/commands.md") == reference.commands(), RENEW


def test_settings_are_documented() -> None:
    assert read("docs/settings.md") == reference.settings(), RENEW
    assert read(".env.example") == reference.example(), RENEW


def test_pack_format_is_what_the_schemas_say() -> None:
    assert read("docs/pack-format.md") == packformat.document(ROOT), RENEW


@pytest.mark.parametrize("name", NAMES)
def test_pack_format_shows_and_explains_every_key(name: str) -> None:
    example = ROOT / packformat.EXAMPLE
    assert load_pack(example).facts
    text = "".join(f.read_text("utf-8") for f in (example / f"{name}.yaml", *(example / name).glob("*")) if f.exists())
    for key, about, _ in packformat.keys(name):
        assert re.search(rf"(?m)(?:^[ -]*|[{{,] ?){key}:", text), key
        assert about, key


def test_readmes_have_the_same_commands_and_headings() -> None:
    english, chinese = map(read, READMES)
    lines = [
        [
            line.partition("  #")[0].rstrip()
            for block in _SHELL.findall(text)
            for line in block.splitlines()
            if line.startswith(("$ ", "modu ", "make "))
        ]
        for text in (english, chinese)
    ]
    assert lines[0] == lines[1]
    levels = [re.findall(r"^#+(?= )", _FENCED.sub("", text), re.MULTILINE) for text in (english, chinese)]
    assert levels[0] == levels[1]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_lead_somewhere(document: str) -> None:
    for link in _LINK.findall(_FENCED.sub("", read(document))):
        if "://" not in link and not link.startswith("#"):
            assert (ROOT / document).parent.joinpath(link.partition("#")[0]).exists(), link


def test_readmes_name_every_field_of_the_json(bundled: Path) -> None:
    base = Base(bundled)
    row, _ = Desk(base).json("光年之外是谁创办的？")
    base.close()
    assert row["citations"]
    names = {"id", *row, *row["citations"][0], *row["reading"]}
    for document in READMES:
        assert not {name for name in names if f"`{name}`" not in read(document)}, document
