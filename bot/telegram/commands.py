"""The commands: what each shows."""

from __future__ import annotations

from typing import Any

from bot.state import exchanges, feedback, outbox, retention
from bot.state.exchanges import Exchange
from bot.telegram.asking import WIDE, ask, facts
from bot.telegram.turn import LINK, Keyboard, Turn, button
from bot.telegram.wording import label, message
from knowledge.store.base import Base, EntityRow, ListRow

OURS = ("start", "help", "ask", "sources", "lang", "privacy", "forget", "settings", "digest")
"""Commands of every bot; those that list entities come from the pack."""
LISTED = 8
"""Entities on a page of a list."""
DAY = 24 * 3600


def known(base: Base) -> frozenset[str]:
    """All commands that the bot answers to."""
    return frozenset((*OURS, *(row.command for row in base.lists)))


def obey(turn: Turn, command: str, text: str, before: Exchange | None) -> None:
    """Do what a command asks for; the settings of a group come from `bot.telegram.settings`."""
    listed = {row.command: row for row in turn.desk.base.lists}
    if command == "start":
        start(turn, text)
    elif command == "help":
        help_(turn)
    elif command == "ask" and text:
        ask(turn, text, before)
    elif command == "ask":
        turn.say("usage", examples=_examples(turn)[:1])
    elif command == "sources":
        articles(turn)
    elif command == "privacy":
        turn.say("privacy", **_kept_for())
    elif command == "forget":
        yes, no = label("forget_yes", turn.language), label("forget_no", turn.language)
        turn.say("forget_ask", [[button(yes, "forget", "yes", turn.person), button(no, "forget", "no", turn.person)]])
    elif command in listed:
        list_page(turn, listed[command], 0)
    else:
        turn.say("unknown_command", command=command)


def _kept_for() -> dict[str, int]:
    """What /privacy names, in days."""
    kept = {
        "days": exchanges.KEPT,
        "questions": feedback.KEPT,
        "votes": retention.FEEDBACK_KEPT,
        "failed": outbox.FAILED_KEPT,
    }
    return {name: round(seconds / DAY) for name, seconds in kept.items()}


def start(turn: Turn, parameter: str) -> None:
    """The greeting with questions to tap, or what a deep link leads to."""
    match = LINK.fullmatch(parameter)
    if match and match[1] == "f":
        found = facts(turn, [match[2]], turn.chat.language or turn.language)
        turn.post(found) if found else turn.say("gone")
    elif match:
        article(turn, match[2])
    elif not turn.private:
        help_(turn)
    else:
        base = turn.desk.base
        questions = _examples(turn)[:3]
        keyboard = [
            [button(text, "x", note, "q", n)]
            for note in [_kept(turn, questions=questions)]
            for n, text in enumerate(questions)
        ]
        turn.say(
            "start",
            keyboard,
            title=base.caption.title(turn.language),
            articles=len(base.articles),
            facts=base.fact_count,
        )


def help_(turn: Turn) -> None:
    """What can be asked, and what works in this chat."""
    base, me = turn.desk.base, turn.work.me
    inline = me.username if me.inline else ""
    if not turn.private:
        turn.say(
            "help_group",
            name=me.username,
            reads_all=me.reads_all,
            mention=turn.chat.mention,
            admins=turn.chat.who == "admins",
            inline=inline,
        )
        return
    turn.say(
        "help",
        title=base.caption.title(turn.language),
        articles=len(base.articles),
        facts=base.fact_count,
        examples=_examples(turn)[:3],
        lists=[{"command": row.command, "noun": row.noun(turn.language)} for row in base.lists],
        inline=inline,
    )


def articles(turn: Turn) -> None:
    """The list of articles, each with a button."""
    rows = [_article(turn, name) for name in turn.desk.base.articles]
    note = _kept(turn, articles=list(turn.desk.base.articles))
    keyboard = [
        [button(str(n + 1), "x", note, "a", n) for n in range(len(rows))][at : at + 5] for at in range(0, len(rows), 5)
    ]
    turn.say("articles", keyboard if turn.chat.buttons else None, rows=rows)


def article(turn: Turn, name: str) -> None:
    """An article's card."""
    if name in turn.desk.base.articles:
        turn.say("article", a=_article(turn, name))
    else:
        turn.say("gone")


def _article(turn: Turn, name: str) -> dict[str, Any]:
    base = turn.desk.base
    row = base.articles[name]
    return {
        "heading": row.heading(turn.language),
        "publisher": row.publisher_hant if turn.language == "zh-Hant" else row.publisher,
        "published": row.published,
        "authors": row.authors,
        "paragraphs": row.paragraphs,
        "facts": base.facts_citing(name),
    }


def list_page(turn: Turn, row: ListRow, page: int, shown: Exchange | None = None) -> None:
    """A page of the entities of a kind; with `shown` in the message that showed another page."""
    numbers = turn.desk.base.of_kind(row.kind)
    entities = [turn.desk.base.entity(e) for e in numbers[page * LISTED : (page + 1) * LISTED]]
    names = [entity.name(turn.language) for entity in entities]
    labels = (
        names if max(map(len, names), default=0) <= WIDE else [str(page * LISTED + n + 1) for n in range(len(names))]
    )
    across = 2 if labels is names else 4
    note = shown.id if shown else exchanges.new_id()
    _kept(turn, note, list=row.command, names=names, questions=[])
    buttons = [button(name, "x", note, "n", n) for n, name in enumerate(labels)]
    keyboard: Keyboard = [buttons[at : at + across] for at in range(0, len(buttons), across)]
    turning = [button(label("back", turn.language), "x", note, "l", page - 1)] if page else []
    if len(numbers) > (page + 1) * LISTED:
        turning.append(button(label("more", turn.language), "x", note, "l", page + 1))
    keyboard += [turning] if turning else []
    values = {
        "noun": row.noun(turn.language),
        "total": len(numbers),
        "rows": [(e.name(turn.language), _about(e, turn.language)) for e in entities],
        "first": page * LISTED + 1,
    }
    if shown:
        turn.replace("\n".join(message("list", turn.language, **values)), keyboard)
    else:
        turn.say("list", keyboard if turn.chat.buttons else None, **values)


def _about(entity: EntityRow, language: str) -> str:
    """What a list says of an entity; descriptions are not there in traditional characters."""
    return {"zh-Hans": entity.about_zh, "en": entity.about_en}.get(language, "")


def _kept(turn: Turn, note: str = "", **data: Any) -> str:
    """Keep what buttons lead to; their id."""
    note = note or exchanges.new_id()
    exchanges.keep(
        turn.work.connection,
        Exchange(turn.chat.chat_id, turn.thread, turn.person, turn.language, "", data=data, created=turn.now, id=note),
    )
    return note


def _examples(turn: Turn) -> list[str]:
    return turn.desk.base.caption.examples_in(turn.chat.language or turn.language)
