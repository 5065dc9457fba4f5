"""JSON Schemas of a pack's files, by which editors complete keys and mark mistakes while one writes.

They say what `knowledge.building.pack` accepts in one file; what holds between files (ids that exist, paragraphs that
there are) only the check knows. Tests compare the two.
"""

from __future__ import annotations

from typing import Any

from knowledge.building.pack import ID, VALUES

Schema = dict[str, Any]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_SCALAR: Schema = {"type": ["string", "number", "boolean"]}
"""YAML reads 2023 as a number and yes as a truth; a pack takes both as text."""
_EMPTY: Schema = {"type": ["string", "number", "boolean", "null"]}
_PART = r"\d{4}(-(\d\d(-\d\d)?|H[12]|Q[1-4]))?"
_PERIOD: Schema = {
    "type": ["string", "integer"],
    "pattern": rf"^\s*{_PART}(/{_PART})?\s*$",
    "minimum": 1000,
    "maximum": 9999,
}
_PERIODS = "2023, 2023-07, 2023-07-13, 2023-H1, 2023-Q2, or a range A/B"


def _text(about: str) -> Schema:
    languages = {"zh": _EMPTY, "en": _EMPTY}
    both = {"type": "object", "properties": languages, "additionalProperties": False}
    return {"anyOf": [_EMPTY, both], "description": about}


def _list(items: Schema, about: str) -> Schema:
    return {"anyOf": [{"type": "array", "items": items}, {"enum": ["", None]}], "description": about}


def _cues(about: str) -> Schema:
    words = {"anyOf": [{"type": "array", "items": _EMPTY}, {"enum": ["", None]}]}
    languages = {"type": "object", "properties": {"zh": words, "en": words}, "additionalProperties": False}
    return {"anyOf": [words, languages], "description": about}


def _word(about: str, **more: Any) -> Schema:
    return {**_SCALAR, "description": about, **more}


def _maybe(about: str) -> Schema:
    return {**_EMPTY, "description": about}


def _object(properties: dict[str, Schema], required: str) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": required.split(),
        "additionalProperties": False,
    }


_ID = _word("Id: letters, digits, hyphens; other files refer to it.", pattern=f"^{ID.pattern}$")


def _entity(about: str) -> Schema:
    return _word(f"Id of an entity: {about}.")


_PARAGRAPH = {"type": ["integer", "string"], "pattern": r"^\s*\d{1,6}\s*$", "description": "Number of the paragraph."}
_FILLED: Schema = {**_SCALAR, "pattern": r"\S"}
_STATEMENT: Schema = {
    "anyOf": [
        _FILLED,
        {
            "type": "object",
            "properties": {"zh": _FILLED, "en": _EMPTY},
            "required": ["zh"],
            "additionalProperties": False,
        },
    ],
    "description": "One sentence, in words of your own.",
}

_FILES: dict[str, tuple[str, Schema]] = {
    "pack": (
        "The head of a pack",
        _object(
            {
                "id": _ID,
                "title": _text("What the world is about."),
                "kinds": {
                    "type": "object",
                    "additionalProperties": _cues("Nouns that ask for this kind."),
                    "description": "Kind of entity and the nouns that people use for it.",
                },
                "examples": {
                    "type": "object",
                    "additionalProperties": _cues("Questions that the help offers."),
                    "description": "Language and questions in it.",
                },
                "lists": {
                    "type": "object",
                    "propertyNames": {"pattern": "^[a-z0-9_]{1,32}$"},
                    "additionalProperties": _word("Kind of entity."),
                    "description": "Command of the chat and the kind that it lists.",
                },
                "short": {
                    "type": "object",
                    "propertyNames": {"minLength": 1, "maxLength": 1},
                    "additionalProperties": _word("Id of an entity."),
                    "description": "Single characters that stand for names in a row (京沪粤三地).",
                },
                "whole": _list(_word("Id of an entity."), "Entities of which all places are part: a total is theirs."),
                "topics": _list(
                    _EMPTY, "Kinds of terms and techniques: a statement that names one is of it without `mentions`."
                ),
                "closed": _list(_EMPTY, "Kinds whose members always are entities of the pack."),
                "who": _list(_EMPTY, "Kinds that answer 谁 (who)."),
                "where": _list(_EMPTY, "Kinds that answer 哪里 (where)."),
                "card": _list(
                    _word("Id of a relation."), "Relations that answer a bare name and X是什么, the most telling first."
                ),
                "alike": _list(
                    _list(_EMPTY, "Kinds."),
                    "Groups of kinds of which the noun of one asks for the others too.",
                ),
            },
            "id title",
        ),
    ),
    "articles": (
        "The sources of a pack",
        _list(
            _object(
                {
                    "id": _ID,
                    "title": _maybe("Title, empty where it is not known."),
                    "about": _text("What the article is about, for where there is no title."),
                    "publisher": _word("Who published it."),
                    "authors": _list(_EMPTY, "Names of the authors."),
                    "published": {**_PERIOD, "description": f"Date: {_PERIODS}."},
                    "language": _maybe("Language of the text: zh, zh-Hans, zh-Hant or en."),
                    "url": _maybe("Address."),
                    "paragraphs": {
                        **_PARAGRAPH,
                        "description": "Number of non-empty lines of the article's text, title and byline included.",
                    },
                },
                "id publisher published paragraphs",
            ),
            "Articles.",
        ),
    ),
    "entities": (
        "What people ask about by name",
        _list(
            _object(
                {
                    "id": _ID,
                    "kind": _word("Sort of thing; pack.yaml lists the nouns for it."),
                    "zh": _word("Name in simplified Chinese."),
                    "en": _maybe("Name in English."),
                    "aliases": _list(_EMPTY, "Other names, in any language."),
                    "part_of": _entity("what it lies in or belongs to"),
                    "description": _text("Short description."),
                    "generic": {"enum": [True, False, "true", "false", "", None], "description": "Named in passing."},
                },
                "id kind zh",
            ),
            "Entities.",
        ),
    ),
    "relations": (
        "What facts say of entities",
        _list(
            _object(
                {
                    "id": _ID,
                    "zh": _word("Label in simplified Chinese."),
                    "en": _maybe("Label in English."),
                    "value": {
                        "enum": [*VALUES, "", None],
                        "description": f"What it leads to: {', '.join(VALUES)}; text by default.",
                    },
                    "unit": _maybe("Unit of its figures, the same in all its values: 米, 元, 家."),
                    "family": _maybe(
                        "A name that measures share which may be taken for one another (收入 and 门票收入)."
                    ),
                    "inverse": _text("Label the other way round; used in bulk bases alone."),
                    "inverse_cues": _cues("Words that people ask with the other way round; used in bulk bases alone."),
                    "answers": _maybe("Type of question that it answers by itself: definition, reason, place."),
                    "cues": _cues("Words that people ask with, besides the label."),
                },
                "id zh",
            ),
            "Relations.",
        ),
    ),
    "facts": (
        "Facts with their sources",
        _object(
            {
                "article": _word("Id of the article that the paragraphs below belong to."),
                "facts": _list(
                    _object(
                        {
                            "id": _ID,
                            "cite": {
                                "type": "array",
                                "minItems": 1,
                                "items": {
                                    "type": ["integer", "string"],
                                    "pattern": r"^(.*:)?\s*\d{1,6}\s*$",
                                },
                                "description": "Paragraphs that state it: a number, or article:number.",
                            },
                            "subject": _entity("what it is said of"),
                            "relation": _word("Id of a relation."),
                            "value": _maybe("Value with unit and precision: 约3.5亿元."),
                            "object": _entity("who or what answers, named first in the answer"),
                            "objects": _list(_word("Id of an entity."), "The same where several answer together."),
                            "as_of": {**_PERIOD, "description": f"When it happened or held: {_PERIODS}."},
                            "as_of_basis": {
                                "enum": ["relative", "stated", "", None],
                                "description": "relative: no cited paragraph has the whole date.",
                            },
                            "according_to": _entity("who counted or said so; 据… asks for it"),
                            "place": _entity("where it holds, beside the subject"),
                            "mentions": _list(
                                _word("Id of an entity."), "Others in the statement: by any of their names it is found."
                            ),
                            "cues": _cues("Words that people ask with and that the statement lacks."),
                            "statement": _STATEMENT,
                            "note": _text("What the reader should know."),
                        },
                        "id cite subject relation statement",
                    )
                    | {"anyOf": [{"required": [name]} for name in ("value", "object", "objects")]},
                    "Facts.",
                ),
            },
            "facts",
        ),
    ),
    "cues": (
        "More words that people ask a fact with",
        {"type": "object", "additionalProperties": _cues("Words, by the id of the fact.")},
    ),
    "disagreements": (
        "Facts that contradict one another",
        _list(
            _object(
                {
                    "id": _ID,
                    "facts": _list(_word("Id of a fact."), "Ids of facts."),
                    "note": _text("What differs, and why."),
                },
                "id facts note",
            ),
            "Disagreements.",
        ),
    ),
    "unnamed": (
        "What the articles tell of without a name",
        _list(
            _object(
                {
                    "what": _cues("Nouns by which people ask for it."),
                    "facts": _list(_word("Id of a fact."), "The facts that tell of it."),
                    "of": _entity("whose it is"),
                },
                "what facts",
            ),
            "What has no name.",
        ),
    ),
    "left_out": (
        "What no fact holds on purpose",
        _list(
            _object(
                {
                    "article": _word("Id of an article."),
                    "paragraph": _PARAGRAPH,
                    "what": _list(_EMPTY, "Numbers, titles or names; empty for the whole paragraph."),
                    "reason": _maybe("Why."),
                },
                "article paragraph reason",
            ),
            "What is left out.",
        ),
    ),
}

NAMES = tuple(_FILES)
"""What the files are called: pack.yaml, articles.yaml or articles/…, and so on."""


def schema(name: str) -> Schema:
    """The JSON Schema (draft 2020-12) of the files called `name`. Raises KeyError for what no file is called."""
    title, found = _FILES[name]
    return {"$schema": _DIALECT, "title": title, **found}


def editor_settings(folder: str) -> Schema:
    """Which schema in `folder` is for which files, as the YAML extension of editors reads it."""
    return {
        "yaml.schemas": {
            f"{folder}/{name}.json": [f"{name}.yaml"] + ([] if name == "pack" else [f"{name}/**/*.yaml"])
            for name in NAMES
        }
    }
