"""What the bot tells its administrators: questions without an answer, votes, figures, the log, messages in doubt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from statistics import quantiles
from typing import Any

from bot.state import audit, outbox, statistics
from bot.state import questions as kept
from bot.telegram.turn import Turn, button
from bot.telegram.wording import admin_label, admin_message, label
from bot.unanswered import Group, example_rows, groups, near
from bot.versions import Versions

SHOWN = 8
"""Rows of a report."""
_DAYS = 7
_EXCERPT = 80


def unanswered(turn: Turn, _text: str) -> None:
    """The groups of questions that found no answer, the largest first."""
    found = _groups(turn)
    rows = [(g.text, len(g.questions), g.words) for g in found[:SHOWN]]
    numbers = [button(str(n + 1), "k", "q", g.questions[0].id, "o") for n, g in enumerate(found[:SHOWN])]
    keyboard = [numbers[at : at + 4] for at in range(0, len(numbers), 4)]
    turn.post(admin_message("unanswered", turn.language, rows=rows, total=len(found)), keyboard or None)


def question(turn: Turn, number: int, choice: str, alias: Callable[[Turn, str, str], None]) -> str:
    """A button of a group of questions: look at it, make its word an alias, ignore it, export it."""
    group = next((g for g in _groups(turn) if number in g.ids), None)
    if group is None:
        return label("expired", turn.language)
    word = group.words.split(" ")[0]
    proposed = near(word, turn.desk.base)
    if choice == "o":
        _open(turn, group, word, proposed)
    elif choice == "i":
        kept.ignore(turn.work.connection, group.ids)
        audit.note(turn.work.connection, turn.now, turn.user_id, "ignored", group.text)
        return admin_label("ignored", turn.language)
    elif choice == "x":
        turn.post(admin_message("sheet", turn.language, text="\n".join(example_rows([group]))))
    elif choice.isdecimal() and int(choice) < len(proposed):
        alias(turn, proposed[int(choice)], word)
    else:
        return label("expired", turn.language)
    return ""


def _open(turn: Turn, group: Group, word: str, proposed: list[str]) -> None:
    number, base = group.questions[0].id, turn.desk.base
    keyboard = []
    for n, entity in enumerate(proposed):
        row = base.entity(base.entity_number(entity) or 0)
        text = f"{word} = {row.name(turn.language)}"
        keyboard.append([button(text, "k", "q", number, n)])
    keyboard.append(
        [
            button(admin_label("ignore", turn.language), "k", "q", number, "i"),
            button(admin_label("export", turn.language), "k", "q", number, "x"),
        ]
    )
    rows = [(_day(q.created), q.text) for q in group.questions[:SHOWN]]
    turn.post(admin_message("question", turn.language, rows=rows, total=len(group.questions)), keyboard)


def _groups(turn: Turn) -> list[Group]:
    return groups(kept.unanswered(turn.work.connection, turn.now))


def disliked(turn: Turn, _text: str) -> None:
    """Questions whose answers were disliked, with the reasons given."""
    found = kept.disliked(turn.work.connection, turn.now)
    reasons = Counter(reason for _, _, reason in found)
    rows = [(_day(when), text, reason) for when, text, reason in found[:SHOWN]]
    votes = statistics.votes(turn.work.connection)
    turn.post(admin_message("feedback", turn.language, rows=rows, reasons=reasons.most_common(), votes=votes))


def stats(turn: Turn, versions: Versions | None) -> None:
    """Figures of the last days."""
    connection, base = turn.work.connection, turn.desk.base
    seen = statistics.exchanges_since(connection, turn.now - _DAYS * 24 * 3600)
    entities: Counter[str] = Counter()
    for data in seen:
        numbers = {n for n in map(base.fact_number, data.get("facts", ())) if n is not None}
        entities.update({base.entity(base.fact(n).subject).name(turn.language) for n in numbers})
    took = sorted(data["took_us"] for data in seen if "took_us" in data)
    served = versions.served() if versions else None
    turn.post(
        admin_message(
            "stats",
            turn.language,
            days=_DAYS,
            questions=len(seen),
            outcomes=Counter(data.get("status", "") for data in seen).most_common(),
            intents=Counter(data["intent"] for data in seen if data.get("intent")).most_common(SHOWN),
            entities=entities.most_common(SHOWN),
            latency=_latency(took),
            chats=statistics.chats_by_kind(connection),
            outbox=outbox.counts(connection),
            waiting=statistics.waiting(connection),
            served=served,
        )
    )


def _latency(took: list[int]) -> tuple[float, float] | None:
    """Median and 95th percentile in milliseconds."""
    if len(took) < 2:
        return None
    parts = quantiles(took, n=100, method="inclusive")
    return parts[49] / 1000, parts[94] / 1000


def audit_log(turn: Turn, _text: str) -> None:
    """What administrators did last."""
    rows = [(_time(r.at), r.admin, r.action, r.detail[:_EXCERPT], r.hash) for r in audit.last(turn.work.connection, 20)]
    turn.post(admin_message("audit", turn.language, rows=rows))


def uncertain(turn: Turn, _text: str) -> None:
    """Messages of which nobody knows whether they arrived, with what can be done."""
    found = outbox.doubts(turn.work.connection)
    rows = [(_time(d.when), d.chat_id, _excerpt(d.payload)) for d in found[:SHOWN]]
    again, there = admin_label("again", turn.language), admin_label("there", turn.language)
    keyboard = [
        [button(f"{n} {again}", "k", "d", d.id, "s"), button(f"{n} {there}", "k", "d", d.id, "t")]
        for n, d in enumerate(found[:SHOWN], 1)
    ]
    turn.post(admin_message("uncertain", turn.language, rows=rows, total=len(found)), keyboard or None)


def settle(turn: Turn, number: int, *, again: bool) -> str:
    """An administrator looked whether a message in doubt arrived."""
    connection = turn.work.connection
    if not (outbox.send_again if again else outbox.is_there)(connection, number):
        return label("expired", turn.language)
    audit.note(connection, turn.now, turn.user_id, "send again" if again else "it is there", f"message {number}")
    return admin_label("settled", turn.language)


def _excerpt(payload: dict[str, Any]) -> str:
    return str(payload.get("text") or payload.get("caption") or "")[:_EXCERPT]


def _day(when: float) -> str:
    return datetime.fromtimestamp(when, UTC).strftime("%m-%d")


def _time(when: float) -> str:
    return datetime.fromtimestamp(when or 0, UTC).strftime("%m-%d %H:%M UTC")
