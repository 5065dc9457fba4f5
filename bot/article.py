"""The commands `modu article …`: bring a new article into a pack."""

from __future__ import annotations

from pathlib import Path

import click

from bot.facts import pack_option
from knowledge.errors import ModuError


@click.group()
def article() -> None:
    """Bring new articles into a pack."""


@article.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--id", "name", required=True, help="The article's id in the pack: letters, digits, hyphens.")
@pack_option
@click.option(
    "--articles",
    type=click.Path(path_type=Path),
    required=True,
    metavar="DIR",
    help="Folder of the articles' texts: the paragraphs are written to DIR/<id>.txt.",
)
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="DIR", help="Folder for the drafts. Default: drafts/<id>."
)
@click.option("--title", default="", help="Title; that of a web page is known.")
@click.option("--publisher", default="", help="Who published it; that of a web page is often known.")
@click.option("--published", default="", metavar="DATE", help="When, as precise as known: 2024, 2024-06, 2024-06-15.")
@click.option("--drop", default="", metavar="N,N-N", help="Lines to leave out, by their numbers: 1-3,17.")
def import_(  # noqa: PLR0913, PLR0917 -- one for each option
    file: Path,
    name: str,
    pack: Path | None,
    articles: Path,
    out: Path | None,
    title: str,
    publisher: str,
    published: str,
    drop: str,
) -> None:
    """Clean an article and draft its facts.

    FILE is a text with a paragraph a line, or a saved web page (.html, .htm). Its paragraphs are written to
    the folder of texts, and to the folder of drafts an entry for articles.yaml, names that the pack does not know, and
    a draft of a fact for each figure and date: with its paragraph, the name before it, the relation whose words stand
    beside it. What could not be told is marked TODO. No sentence of the article is taken over.

    Edit the drafts, copy them over the pack (they have its layout), then check and build it.
    """
    from bot.bases import PACK
    from knowledge.building.cleaning import paragraphs
    from knowledge.building.drafts import article_yaml, draft, entities_yaml, facts_yaml
    from knowledge.building.pack import ID, load_pack
    from knowledge.building.tables import make_tables
    from knowledge.building.webpage import Page, read_page
    from knowledge.store.records import Article, Text

    if not ID.fullmatch(name):
        raise click.UsageError(f"{name!r} is no id: letters, digits, hyphens.")
    loaded = load_pack(pack or PACK)
    if name in {a.id for a in loaded.articles}:
        raise ModuError(f"the pack has an article {name} already; choose another --id")
    raw = file.read_text("utf-8-sig", errors="replace")
    page = read_page(raw) if file.suffix.lower() in (".html", ".htm", ".xhtml") else Page(raw)
    tables = make_tables()
    dropped = _numbers(drop)
    # the article's own characters, without annotations and markup: what is quoted is what was written
    kept = [p.quote(0, len(p.text)) for p in paragraphs(page.text, tables) if p.number not in dropped and p.text]
    found = paragraphs("\n".join(kept), tables)
    if not found:
        raise ModuError(f"{file} holds no paragraph")
    record = Article(
        id=name,
        title=title or page.title,
        about=Text(),
        publisher=publisher or page.publisher,
        authors=(page.author,) if page.author else (),
        published=published or page.published,
        language="zh" if any("\u4e00" <= c <= "\u9fff" for p in found for c in p.text) else "en",
        url=page.url,
        paragraphs=len(found),
    )
    drafts = draft(record, found, loaded)
    folder = out or Path("drafts") / name
    written = {
        articles / f"{name}.txt": "".join(f"{p.raw}\n" for p in found),
        folder / "articles" / f"{name}.yaml": article_yaml(record),
        folder / "entities" / f"{name}.yaml": entities_yaml(drafts),
        folder / "facts" / f"{name}.yaml": facts_yaml(drafts, loaded),
    }
    there = [path for path in written if path.exists()]
    if there:
        raise ModuError(f"{there[0]} is there already; remove it, or choose another --id or --out")
    for path, text in written.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    todo = sum(not (d.subject and d.relation) for d in drafts.facts)
    click.echo(f"{articles / name}.txt: {len(found)} paragraphs")
    click.echo(f"{folder}: {len(drafts.facts)} draft facts, {todo} with a TODO; {len(drafts.names)} unknown names")
    for number, around in drafts.broken:
        click.echo(f"broken paragraph {number}: {around}")


def _numbers(text: str) -> set[int]:
    """'1-3,17' → {1, 2, 3, 17}."""
    found: set[int] = set()
    for part in filter(None, text.replace(" ", "").split(",")):
        first, dash, last = part.partition("-")
        if not (first.isdecimal() and (not dash or last.isdecimal()) and len(part) <= 12):
            raise click.UsageError(f"--drop: {part!r} is no line number and no range.")
        found.update(range(int(first), min(int(last or first), int(first) + 10_000) + 1))
    return found
