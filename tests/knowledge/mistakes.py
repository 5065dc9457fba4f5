"""Mistakes in a pack, a row each: what is broken in the alpine huts, and what has to be said of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Mistake:
    """One thing broken in the pack, and how it is reported."""

    code: str
    file: str
    old: str
    """The first occurrence of this…"""
    new: str
    """…becomes this."""
    at: str
    """Where in the new text the problem is: at the first character of this; '' for the whole file."""
    says: str


PLACES, PEOPLE = "entities/places.yaml", "entities/people.yaml"
TWO_ARTICLES = """\
- {id: one, publisher: a, published: 2021, paragraphs: 1}
- {id: one, publisher: b, published: 2021, paragraphs: 1}
"""
ODD_ID = "- {id: odd id, kind: place, zh: 怪湖}\n"
TWO_ENTITIES = "- {id: one, kind: hut, zh: 甲}\n- {id: one, kind: place, zh: 乙}\n"
ONE_ENTITY = "- {id: he-ling, kind: person, zh: 贺岭}\n"
OLD, NEW = "facts/shanxun-2021.yaml", "facts/chenbao-2024.yaml"

MISTAKES = [
    # --- no YAML
    Mistake(
        "K003", "articles.yaml", "publisher: 山讯", "publisher: 山讯: 月刊", ": 月刊", "is no YAML: mapping values"
    ),
    Mistake("K003", OLD, "    cite: [3]", "\tcite: [3]", "\tcite", "is no YAML"),
    Mistake("K003", NEW, "subject: mistpine", "subject: *mistpine", "*mistpine", "is no YAML: found undefined alias"),
    Mistake(
        "K003", "pack.yaml", "id: alpine-huts", "---\nid: alpine-huts\n---\nid: two", "---\nid: two", "another document"
    ),
    Mistake("K003", PEOPLE, "zh: 何岭", "zh: " + "[" * 300, "", "is nested too deeply"),
    Mistake("K003", PEOPLE, "- {id: he-ling", "- " * 300 + "{id: he-ling", "", "is nested too deeply"),
    # --- a head
    Mistake("K004", "pack.yaml", "*", "# nothing yet\n", "", "is empty: it needs an id and a title"),
    Mistake("K014", "pack.yaml", "id: alpine-huts\n", "", "title:", "the key 'id' is missing"),
    Mistake("K019", "pack.yaml", "id: alpine-huts", "id: ../huts", "../huts", "'../huts' is no id"),
    Mistake("K019", "pack.yaml", "id: alpine-huts", "id:", "\ntitle", "'' is no id"),
    Mistake("K010", "pack.yaml", "*", "- id: alpine-huts", "- id", "a mapping (key: value) is expected"),
    Mistake("K010", "pack.yaml", "*", "{id: a, title: b, kinds: [hut]}", "[hut]", "a mapping (key: list) is expected"),
    Mistake("K036", "pack.yaml", "lists: {huts: hut}", "lists: {Huts!: hut}", "Huts!", "'Huts!' is no command"),
    Mistake(
        "K037", "pack.yaml", "lists: {huts: hut}", "lists: {huts: hutt}", "hutt}", "unknown kind 'hutt'; nearest: 'hut'"
    ),
    Mistake("K037", PLACES, "kind: hut", "kind: hutt", "hutt", "unknown kind 'hutt'; nearest: 'hut'"),
    Mistake(
        "K037",
        "pack.yaml",
        "lists: {huts: hut}",
        "who: [persons]\nlists: {huts: hut}",
        "persons]",
        "unknown kind 'persons'; nearest: 'person'",
    ),
    Mistake("K015", "pack.yaml", "*", "{id: a, title: b, kinds: {hut: 小屋}}", "小屋", "a list (- …) is expected"),
    Mistake(
        "K016", "pack.yaml", "*", "{id: a, title: b, kinds: {[hut]: [小屋]}}", "[hut]", "a single value is expected"
    ),
    # --- keys
    Mistake(
        "K011", PLACES, "zh: 青石谷,", "zh: 青石谷, alias: [石谷],", "alias", "unknown key 'alias'; nearest: 'aliases'"
    ),
    Mistake("K011", OLD, "    value: 1870米", "    value: 1870米\n    as_off: 2021", "as_off", "nearest: 'as_of'"),
    Mistake(
        "K011",
        "articles.yaml",
        "  language: zh-Hant",
        "  xyzzy: 1",
        "xyzzy",
        "unknown key 'xyzzy'; there is none like it",
    ),
    Mistake("K011", OLD, "{zh: 云鹿山位于", "{ja: 山, zh: 云鹿山位于", "ja", "unknown key 'ja'"),
    Mistake(
        "K011",
        OLD,
        "en: The Yunlu range",
        "en: Far up, in the range, it",
        "in the range",
        "unknown key 'in the range'; a text with a comma in it needs quotes",
    ),
    Mistake(
        "K011", PLACES, "zh: 青石谷,", "zh: 青石谷, 石屋,", "石屋,", "'石屋'; a text with a comma in it needs quotes"
    ),
    Mistake(
        "K003",
        OLD,
        "en: The Yunlu range",
        "en: Far: the range",
        ": the range",
        "a text with a colon in it needs quotes",
    ),
    Mistake("K013", PLACES, "zh: 青石谷,", "zh: 青石谷, zh: 石谷,", "zh: 石谷", "key 'zh' is given twice"),
    Mistake(
        "K014",
        PLACES,
        "{id: bluestone-valley, kind: place, ",
        "{id: bluestone-valley, ",
        "{id: blue",
        "key 'kind' is missing",
    ),
    Mistake("K014", OLD, "    relation: altitude\n", "", "id: s4a", "the key 'relation' is missing"),
    Mistake("K014", NEW, "*", "article: chenbao-2024", "article", "the key 'facts' is missing"),
    # --- the wrong type
    Mistake(
        "K010", PEOPLE, "- {id: he-ling", "- 何岭\n- {id: he-ling", "何岭", "a mapping (key: value) is expected here"
    ),
    Mistake(
        "K010",
        OLD,
        "statement: {zh: 云鹿山位于青石谷以北。, en: The",
        "statement: [x]\n    note: {en: The",
        "[x]",
        "a mapping",
    ),
    Mistake("K015", OLD, "cite: [4]", "cite: 4", "4\n", "a list (- …) is expected here"),
    Mistake("K015", PLACES, "aliases: [雾松, Mistpine]", "aliases: 雾松", "雾松", "a list (- …) is expected here"),
    Mistake("K015", "relations.yaml", "*", "altitude: {zh: 海拔}", "altitude", "a list (- …) is expected here"),
    Mistake("K016", OLD, "subject: mistpine", "subject: [mistpine]", "[mistpine]", "a single value is expected here"),
    Mistake(
        "K016", NEW, "article: chenbao-2024", "article: [chenbao-2024]", "[chenbao", "a single value is expected here"
    ),
    Mistake("K016", PLACES, "en: Bluestone Valley", "en: {zh: x}", "{zh: x}", "a single value is expected here"),
    # --- control characters, as they are and escaped
    Mistake("K017", PEOPLE, "zh: 何岭", "zh: 何\x07岭", "\x07", "control characters are not allowed"),
    Mistake("K017", OLD, "zh: 雾松小屋的海拔", "zh: \x9f雾松小屋的海拔", "\x9f", "control characters are not allowed"),
    Mistake("K017", PEOPLE, "zh: 何岭", 'zh: "何\\e岭"', '"何', "control characters are not allowed"),
    # --- values
    Mistake("K018", "articles.yaml", "paragraphs: 9", "paragraphs: nine", "nine", "'nine' is no whole number"),
    Mistake("K018", "articles.yaml", "paragraphs: 9", "paragraphs: -9", "-9", "'-9' is no whole number"),
    Mistake("K019", PLACES, "- {id: twin-", ODD_ID + "- {id: twin-", "odd id", "'odd id' is no id"),
    Mistake(
        "K019", PLACES, "- {id: twin-", ODD_ID.replace(" id,", "/id,") + "- {id: twin-", "odd/id", "'odd/id' is no id"
    ),
    Mistake("K019", OLD, "- id: s7a", "- id: ''", "''", "'' is no id"),
    Mistake("K021", OLD, "as_of: 2012", "as_of: 2012-13", "2012-13", "'2012-13' has no such month or day"),
    Mistake("K021", NEW, "as_of: 2023-11", "as_of: 2023-02-30", "2023-02-30", "has no such month or day"),
    Mistake(
        "K021", OLD, "as_of: 2021-07-03/2021-09-26", "as_of: 2021-09-26/2021-07-03", "2021-09", "ends before it begins"
    ),
    Mistake(
        "K021",
        "articles.yaml",
        "published: 2021-05",
        "published: May 2021",
        "May",
        "'May 2021' is no date: write 2023,",
    ),
    Mistake("K021", "articles.yaml", "published: 2021-05", "published:", "\n  language", "'' is no date: write 2023,"),
    Mistake("K022", PEOPLE, "zh: 托马斯·雷", "zh: ''", "''", "the name is empty"),
    Mistake("K022", PEOPLE, "zh: 托马斯·雷", "zh: null", "null", "the name is empty"),
    Mistake(
        "K023",
        "relations.yaml",
        "value: amount",
        "value: amounts",
        "amounts",
        "unknown value type 'amounts'; nearest: 'amount'",
    ),
    Mistake("K024", OLD, "as_of_basis: relative", "as_of_basis: guessed", "guessed", "unknown as_of_basis 'guessed'"),
    Mistake("K025", OLD, "    value: 1870米\n", "", "id: s4a", "a fact needs a value, an object or objects"),
    Mistake("K026", OLD, "{zh: 云鹿山位于青石谷以北。, en", "{en", "{en", "the statement lacks its zh text"),
    Mistake("K027", OLD, "cite: [4]", "cite: [p4]", "p4", "'p4' is no citation: write a paragraph's number"),
    Mistake("K028", PLACES, "zh: 青石谷,", "zh: 青石谷, generic: maybe,", "maybe", "'maybe' is neither true nor false"),
    Mistake("K029", OLD, "subject: mistpine", "subject: ''", "''", "the id of an entity is expected"),
    Mistake("K029", OLD, "objects: [mistpine,", "objects: ['', mistpine,", "''", "the id of an entity is expected"),
    Mistake("K029", NEW, "relation: beds", "relation: ~", "~", "the id of a relation is expected"),
    Mistake("K029", PEOPLE, "kind: person", "kind: ''", "''", "the kind is expected"),
    Mistake("K029", "articles.yaml", "publisher: 山讯", "publisher: ''", "''", "the publisher is expected"),
    Mistake("K029", "relations.yaml", "zh: 海拔", "zh: ''", "''", "the label is expected"),
    Mistake("K035", OLD, "cite: [4]", "cite: []", "[]", "a fact needs a citation"),
    # --- ids that are there twice
    Mistake(
        "K020",
        "articles.yaml",
        "- id: shanxun",
        TWO_ARTICLES + "- id: shanxun",
        "one, publisher: b",
        "article 'one' is defined twice",
    ),
    Mistake(
        "K020", PLACES, "- {id: twin", TWO_ENTITIES + "- {id: twin", "one, kind: place", "entity 'one' is defined twice"
    ),
    Mistake("K020", PLACES, "- {id: twin", ONE_ENTITY + "- {id: twin", "he-ling", "entity 'he-ling' is defined twice"),
    Mistake(
        "K020",
        "relations.yaml",
        "- {id: cost",
        "- {id: beds, zh: 床}\n- {id: cost",
        "beds",
        "relation 'beds' is defined twice",
    ),
    Mistake("K020", OLD, "id: s4b", "id: s4a", "s4a", "fact 's4a' is defined twice"),
    Mistake("K020", OLD, "id: s4b", "id: c3a", "c3a", "fact 'c3a' is defined twice"),
    Mistake(
        "K020",
        "disagreements.yaml",
        "id: guests-2023",
        "id: mistpine-beds",
        "mistpine",
        "disagreement 'mistpine-beds' is",
    ),
    # --- ids that are not there
    Mistake(
        "K012",
        OLD,
        "relation: altitude",
        "relation: altitud",
        "altitud",
        "unknown relation 'altitud'; nearest: 'altitude'",
    ),
    Mistake(
        "K032",
        OLD,
        "subject: mistpine",
        "subject: mist-pine",
        "mist-pine",
        "unknown entity 'mist-pine'; nearest: 'mistpine'",
    ),
    Mistake("K032", OLD, "object: he-ling", "object: he-lin", "he-lin", "unknown entity 'he-lin'; nearest: 'he-ling'"),
    Mistake("K032", OLD, "objects: [mistpine, eagle", "objects: [mistpine, eegle", "eegle", "nearest: 'eaglestone'"),
    Mistake(
        "K032",
        OLD,
        "mentions: [bluestone-valley]",
        "mentions: [zzz]",
        "zzz",
        "unknown entity 'zzz'; there is none like it",
    ),
    Mistake("K032", OLD, "according_to: yunlu-club", "according_to: yunlu-clup", "yunlu-clup", "nearest: 'yunlu-club'"),
    Mistake("K032", NEW, "place: twin-lakes", "place: twin-lake", "twin-lake", "nearest: 'twin-lakes'"),
    Mistake("K032", PLACES, "part_of: yunlu}", "part_of: yunlo}", "yunlo", "unknown entity 'yunlo'; nearest: 'yunlu'"),
    Mistake(
        "K033",
        NEW,
        "article: chenbao-2024",
        "article: chenbao-2042",
        "chenbao",
        "unknown article 'chenbao-2042'; nearest: 'chenbao-2024'",
    ),
    Mistake("K033", NEW, "'shanxun-2021:3'", "'shanxun-2020:3'", "'shanxun", "nearest: 'shanxun-2021'"),
    Mistake(
        "K033", "left_out.yaml", "article: shanxun-2021", "article: shanxun-2012", "shanxun", "nearest: 'shanxun-2021'"
    ),
    Mistake("K034", "disagreements.yaml", "[c3a, c3b]", "[c3a, c3bb]", "c3bb", "unknown fact 'c3bb'; nearest: 'c3b'"),
    Mistake("K034", "unnamed.yaml", "[s7c]", "[s7cc]", "s7cc", "unknown fact 's7cc'; nearest: 's7c'"),
    Mistake("K032", "unnamed.yaml", "of: sunset", "of: sunsett", "sunsett", "unknown entity 'sunsett'"),
    # --- paragraphs that are not there
    Mistake("K030", OLD, "cite: [4]", "cite: [10]", "10", "shanxun-2021 has paragraphs 1 to 9, not 10"),
    Mistake("K030", OLD, "cite: [4]", "cite: [0]", "0", "shanxun-2021 has paragraphs 1 to 9, not 0"),
    Mistake(
        "K030", NEW, "'shanxun-2021:3'", "'shanxun-2021:33'", "'shanxun", "shanxun-2021 has paragraphs 1 to 9, not 33"
    ),
    Mistake(
        "K030", "left_out.yaml", "paragraph: 9", "paragraph: 90", "90", "shanxun-2021 has paragraphs 1 to 9, not 90"
    ),
]
