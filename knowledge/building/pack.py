"""Read a pack directory into records; every mistake is reported with file, line, column and the nearest valid name."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from knowledge.building.nodes import NodeReader, Stop, nearest
from knowledge.errors import PackError, Problem
from knowledge.store.records import (
    Article,
    Citation,
    Disagreement,
    Entity,
    Fact,
    LeftOut,
    Pack,
    Relation,
    Text,
    Unnamed,
)
from knowledge.text.dates import parse_period

VALUES = ("number", "amount", "share", "date", "text", "entity", "rank", "duration")
_HEAD_MAPPINGS = ("kinds", "examples", "lists", "short")
_HEAD_LISTS = ("topics", "closed", "who", "where")
ID = re.compile(r"\w[\w.-]*")
"""What an id may be."""
COMMAND = re.compile(r"[a-z0-9_]{1,32}")
"""What a command of a chat may be called."""
_FOLDERS = {"entity": "entities", "relation": "relations", "article": "articles", "fact": "facts"}


def load_pack(root: Path) -> Pack:
    """Read and validate the pack in directory `root`.

    Raises PackError with all problems found (unreadable files, wrong keys, unknown ids, bad dates, double ids).
    """
    if not root.is_dir():
        raise PackError([Problem("K001", str(root), 0, 0, "is no directory; name the directory that holds pack.yaml")])
    return _PackReader(root).read()


def bare_pack(file: Path) -> Pack:
    """A pack for a file of triples that has none: it is called as the file is."""
    name = file.name.partition(".")[0] or "triples"
    return Pack(id=re.sub(r"[^\w.-]", "-", name), title=Text(name, name))


class _PackReader(NodeReader):
    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.kinds: dict[str, tuple[str, ...]] = {}
        self.articles: dict[str, Article] = {}
        self.entities: dict[str, Entity] = {}
        self.relations: dict[str, Relation] = {}
        self.facts: dict[str, Fact] = {}
        self.disagreements: dict[str, Disagreement] = {}
        self.later: list[tuple[str, yaml.Node, str, Any]] = []
        """References to check once everything is read: path, node, sort, id."""

    def read(self) -> Pack:
        head = self.head()
        for path in self.files("articles"):
            for article in self.each(self.load(path), self.article):
                self.articles[article.id] = article
        for path in self.files("entities"):
            for entity in self.each(self.load(path), self.entity):
                self.entities[entity.id] = entity
        for path in self.files("relations"):
            for relation in self.each(self.load(path), self.relation):
                self.relations[relation.id] = relation
        for path in self.files("facts"):
            self.fact_file(self.load(path))
        for path in self.files("cues"):
            self.cue_file(self.load(path))
        for path in self.files("disagreements"):
            for disagreement in self.each(self.load(path), self.disagreement):
                self.disagreements[disagreement.id] = disagreement
        unnamed = [x for path in self.files("unnamed") for x in self.each(self.load(path), self.nameless)]
        left_out = [x for path in self.files("left_out") for x in self.each(self.load(path), self.left)]
        self.references()
        if self.problems:
            raise PackError(sorted(self.problems, key=lambda p: (p.path, p.line, p.column)))
        return Pack(
            **head,
            articles=tuple(self.articles.values()),
            entities=tuple(self.entities.values()),
            relations=tuple(self.relations.values()),
            facts=tuple(self.facts.values()),
            disagreements=tuple(self.disagreements.values()),
            unnamed=tuple(unnamed),
            left_out=tuple(left_out),
        )

    def files(self, name: str) -> list[Path]:
        """`name.yaml` and every YAML file below `name/`, sorted."""
        single = self.root / f"{name}.yaml"
        return ([single] if single.exists() else []) + sorted((self.root / name).rglob("*.yaml"))

    def head(self) -> dict[str, Any]:
        path = self.root / "pack.yaml"
        node = self.load(path)
        head: dict[str, Any] = {"id": "", "title": Text(), "card": (), "whole": (), "alike": ()}
        head.update(dict.fromkeys(_HEAD_LISTS, ()))
        head.update({name: {} for name in _HEAD_MAPPINGS})
        if node is None:
            if not self.problems:
                self.error("K004", None, "is empty: it needs an id and a title")
            return head
        try:
            keys = self.mapping(node, ("id", "title"), (*_HEAD_MAPPINGS, *_HEAD_LISTS, "card", "whole", "alike"))
            head["id"] = self.unique(keys["id"], "pack", {})
            head["title"] = self.text(keys["title"])
            head["card"] = tuple(self.refer("relation", item) for item in self.items(keys.get("card")))
            head["whole"] = tuple(self.refer("entity", item) for item in self.items(keys.get("whole")))
            if "short" in keys:
                head["short"] = {self.short(key): self.refer("entity", e) for key, e in self.pairs(keys["short"])}
            for name in ("kinds", "examples"):
                if name in keys:
                    head[name] = {self.string(key): self.cues(value) for key, value in self.pairs(keys[name])}
            self.kinds = head["kinds"]
            head["alike"] = tuple(tuple(self.kinds_of(item)) for item in self.items(keys.get("alike")))
            for name in _HEAD_LISTS:
                head[name] = tuple(self.kinds_of(keys.get(name)))
            if "lists" in keys:
                head["lists"] = dict(self.listing(*pair) for pair in self.pairs(keys["lists"]))
        except Stop:
            pass
        return head

    def pairs(self, node: yaml.Node) -> list[tuple[yaml.Node, yaml.Node]]:
        if not isinstance(node, yaml.MappingNode):
            self.stop("K010", node, "a mapping (key: list) is expected here")
        return list(node.value)

    def short(self, node: yaml.Node) -> str:
        """One character that stands for a name (沪)."""
        character = self.string(node)
        if len(character) != 1:
            self.stop("K038", node, f"{character!r} is no single character; a longer short name is an alias")
        return character

    def listing(self, name: yaml.Node, kind: yaml.Node) -> tuple[str, str]:
        """A command and the kind that it lists."""
        command = self.string(name)
        if not COMMAND.fullmatch(command):
            self.stop("K036", name, f"{command!r} is no command: up to 32 of a-z, 0-9, _")
        return command, self.kind(kind)

    def kind(self, node: yaml.Node) -> str:
        """A kind of entity, which pack.yaml has to name if it names any."""
        kind = self.given(node, "the kind")
        if self.kinds and kind not in self.kinds:
            self.stop("K037", node, f"unknown kind {kind!r}; {nearest(kind, self.kinds)}")
        return kind

    def kinds_of(self, node: yaml.Node | None) -> list[str]:
        return [self.kind(item) for item in self.items(node)]

    def unique(self, node: yaml.Node, name: str, seen: dict[str, Any]) -> str:
        value = self.string(node)
        if not ID.fullmatch(value):
            self.stop("K019", node, f"{value!r} is no id: letters, digits, hyphens")
        if value in seen:
            self.stop("K020", node, f"{name} {value!r} is defined twice")
        return value

    def refer(self, sort: str, node: yaml.Node | None) -> str:
        """The id of an entity, relation, article or fact; '' where the key is not given."""
        if node is None:
            return ""
        value = self.given(node, f"the id of {'an' if sort[0] in 'ae' else 'a'} {sort}")
        self.later.append((self.path, node, sort, value))
        return value

    def given(self, node: yaml.Node, what: str) -> str:
        value = self.string(node)
        if not value:
            self.stop("K029", node, f"nothing is written here; {what} is expected")
        return value

    def period(self, node: yaml.Node | None) -> str:
        value = self.string(node)
        if node is not None:
            try:
                parse_period(value)
            except ValueError as error:
                self.stop("K021", node, str(error))
        return value

    def article(self, node: yaml.Node) -> Article:
        k = self.mapping(
            node, ("id", "publisher", "published", "paragraphs"), ("title", "about", "authors", "language", "url")
        )
        return Article(
            id=self.unique(k["id"], "article", self.articles),
            title=self.string(k.get("title")),
            about=self.text(k.get("about")),
            publisher=self.given(k["publisher"], "the publisher"),
            authors=self.strings(k.get("authors")),
            published=self.period(k["published"]),
            language=self.string(k.get("language")),
            url=self.string(k.get("url")),
            paragraphs=self.integer(k["paragraphs"]),
        )

    def entity(self, node: yaml.Node) -> Entity:
        k = self.mapping(node, ("id", "kind", "zh"), ("en", "aliases", "part_of", "description", "generic"))
        name = self.string(k["zh"])
        if not name:
            self.stop("K022", k["zh"], "the name is empty")
        return Entity(
            id=self.unique(k["id"], "entity", self.entities),
            kind=self.kind(k["kind"]),
            name=Text(name, self.string(k.get("en")) or name),
            aliases=tuple(a for a in self.strings(k.get("aliases")) if a),
            part_of=self.refer("entity", k.get("part_of")),
            description=self.text(k.get("description")),
            generic=self.boolean(k.get("generic")),
        )

    def relation(self, node: yaml.Node) -> Relation:
        k = self.mapping(
            node, ("id", "zh"), ("en", "value", "unit", "family", "inverse", "inverse_cues", "answers", "cues")
        )
        value = self.string(k.get("value")) or "text"
        if value not in VALUES:
            self.stop("K023", k["value"], f"unknown value type {value!r}; {nearest(value, VALUES)}")
        label = self.given(k["zh"], "the label")
        return Relation(
            id=self.unique(k["id"], "relation", self.relations),
            label=Text(label, self.string(k.get("en")) or label),
            value=value,
            unit=self.string(k.get("unit")),
            family=self.string(k.get("family")),
            inverse=self.text(k.get("inverse")),
            inverse_cues=self.cues(k.get("inverse_cues")),
            answers=self.string(k.get("answers")),
            cues=self.cues(k.get("cues")),
        )

    def fact_file(self, node: yaml.Node | None) -> None:
        if node is None:
            return
        try:
            k = self.mapping(node, ("facts",), ("article",))
            article = self.refer("article", k.get("article"))
        except Stop:
            self.give_up()
            return
        for fact in self.each(k["facts"], lambda item: self.fact(item, article)):
            self.facts[fact.id] = fact

    def fact(self, node: yaml.Node, article: str) -> Fact:
        k = self.mapping(
            node,
            ("id", "cite", "subject", "relation", "statement"),
            ("value", "object", "objects", "as_of", "as_of_basis", "according_to", "place", "mentions", "cues", "note"),
        )
        basis = self.string(k.get("as_of_basis"))
        if basis not in ("", "relative", "stated"):
            self.stop("K024", k["as_of_basis"], f"unknown as_of_basis {basis!r}; write relative or stated")
        objects = [self.refer("entity", k["object"])] if "object" in k else []
        objects += [self.refer("entity", item) for item in self.items(k.get("objects"))]
        value = self.string(k.get("value"))
        if not objects and not value:
            self.stop("K025", node, "a fact needs a value, an object or objects")
        citations = tuple(self.citation(item, article) for item in self.items(k["cite"]))
        if not citations:
            self.stop("K035", k["cite"], "a fact needs a citation: cite: [paragraph]")
        statement = self.text(k["statement"])
        if not statement.zh:
            self.stop("K026", k["statement"], "the statement lacks its zh text")
        return Fact(
            id=self.unique(k["id"], "fact", self.facts),
            subject=self.refer("entity", k["subject"]),
            relation=self.refer("relation", k["relation"]),
            statement=statement,
            citations=citations,
            value=value,
            objects=tuple(objects),
            as_of=self.period(k.get("as_of")),
            relative=basis == "relative",
            according_to=self.refer("entity", k.get("according_to")),
            place=self.refer("entity", k.get("place")),
            mentions=tuple(self.refer("entity", item) for item in self.items(k.get("mentions"))),
            cues=self.cues(k.get("cues")),
            note=self.text(k.get("note")),
        )

    def cue_file(self, node: yaml.Node | None) -> None:
        """Fact id → words that people ask with, kept apart from the facts so that each can be edited alone."""
        if node is None:
            return
        if not isinstance(node, yaml.MappingNode):
            self.error("K010", node, "a mapping (fact id: cues) is expected here")
            return
        for key, value in node.value:
            try:
                fact = self.facts.get(self.string(key))
                if fact is None:
                    self.later.append((self.path, key, "fact", key.value))
                    continue
                self.facts[fact.id] = replace(fact, cues=(*fact.cues, *self.cues(value)))
            except Stop:
                continue

    def citation(self, node: yaml.Node, article: str) -> Citation:
        text = self.string(node)
        name, colon, number = text.rpartition(":")
        if colon:
            article = name
            self.later.append((self.path, node, "article", name))
        if not number.isdecimal() or len(number) > 6:
            self.stop("K027", node, f"{text!r} is no citation: write a paragraph's number, or article:number")
        self.later.append((self.path, node, "paragraph", (article, int(number))))
        return Citation(article, int(number))

    def disagreement(self, node: yaml.Node) -> Disagreement:
        k = self.mapping(node, ("id", "facts", "note"), ())
        return Disagreement(
            id=self.unique(k["id"], "disagreement", self.disagreements),
            facts=tuple(self.refer("fact", item) for item in self.items(k["facts"])),
            note=self.text(k["note"]),
        )

    def nameless(self, node: yaml.Node) -> Unnamed:
        k = self.mapping(node, ("what", "facts"), ("of",))
        return Unnamed(
            what=self.cues(k["what"]),
            facts=tuple(self.refer("fact", item) for item in self.items(k["facts"])),
            of=self.refer("entity", k["of"]) if "of" in k else "",
        )

    def left(self, node: yaml.Node) -> LeftOut:
        k = self.mapping(node, ("article", "paragraph", "reason"), ("what",))
        article, paragraph = self.refer("article", k["article"]), self.integer(k["paragraph"])
        self.later.append((self.path, k["paragraph"], "paragraph", (article, paragraph)))
        return LeftOut(
            article=article,
            paragraph=paragraph,
            what=self.strings(k.get("what")),
            reason=self.string(k["reason"]),
        )

    def references(self) -> None:
        tables: dict[str, dict[str, Any]] = {
            "entity": self.entities,
            "relation": self.relations,
            "article": self.articles,
            "fact": self.facts,
        }
        for path, node, sort, value in self.later:
            self.path = path
            if sort == "paragraph":
                article = self.articles.get(value[0])
                if article and not 1 <= value[1] <= article.paragraphs:
                    self.error("K030", node, f"{value[0]} has paragraphs 1 to {article.paragraphs}, not {value[1]}")
                elif not value[0]:
                    self.error("K031", node, "no article: name it at the head of the file or write article:number")
            elif value not in tables[sort] and self.broken.isdisjoint((value, _FOLDERS[sort])):
                code = {"entity": "K032", "relation": "K012", "article": "K033", "fact": "K034"}[sort]
                self.error(code, node, f"unknown {sort} {value!r}; {nearest(value, tables[sort])}")
