"""Charts in a chat: with an answer that was asked for one, or by the button below an answer with comparable figures."""

from __future__ import annotations

from html import escape
from typing import Any

from answers.chart import Chart, phrase
from answers.chart import chart as make
from answers.drawing import draw
from answers.figures import told
from answers.fonts import FontError
from answers.html import messages
from bot.answering import Desk, Reply
from bot.state import digests
from bot.state.exchanges import Exchange
from bot.telegram.call import Call
from bot.telegram.posting import CAPTION
from bot.telegram.turn import Turn


def figures(reply: Reply, desk: Desk) -> list[list[str]]:
    """(fact, entity) of each figure of an answer's chart, to draw it later; [] if there is nothing to compare."""
    base = desk.base
    return [[f.fact.id, base.entity(f.entity).id] for f in desk.figures(reply)]


def show(turn: Turn, exchange: Exchange) -> bool:
    """Post the chart of an answer; False if the base has its facts no more."""
    found = make(told(exchange.data.get("chart", ()), turn.desk.base), turn.desk.base, exchange.language)
    if found:
        post(turn, found, exchange.id)
    return found is not None


def post(turn: Turn, chart: Chart | None, note: str, language: str = "") -> None:
    """Post a picture with its words below it, or say why there is none."""
    if chart is None:
        turn.post([escape(phrase("no_chart", language))])
        return
    try:
        body = draw(chart)
    except FontError:
        turn.post([escape(phrase("no_font", chart.language)), escape(chart.alternative)])
        return
    name = digests.keep_picture(turn.work.connection, body, turn.now)
    [caption, *_] = messages([escape(chart.alternative)], CAPTION)
    payload: dict[str, Any] = {
        "photo": f"attach://{name}",
        "caption": caption,
        "parse_mode": "HTML",
        **turn.place(quotes=True),
    }
    turn.work.send(Call("sendPhoto", payload, turn.chat.chat_id, plain=chart.alternative[:CAPTION], note=note))
