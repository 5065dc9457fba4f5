"""What a conversation comes to: the outcome of its last message, and the facts that it tells."""

from __future__ import annotations

from knowledge.asking.ask import Asker
from knowledge.finding.outcome import NO_CONTEXT, Outcome


def after(asker: Asker, *messages: str) -> Outcome:
    """The outcome of the last of several messages of a conversation."""
    context = NO_CONTEXT
    for message in messages:
        outcome = asker.ask(message, context)
        context = outcome.context
    return outcome


def facts_of(outcome: Outcome) -> list[str]:
    """The ids of the facts that are told, in their order."""
    return [fact.id for part in outcome.parts for fact in part.facts]


def told(asker: Asker, *messages: str) -> list[str]:
    """The ids of the facts that answer the last of several messages."""
    return facts_of(after(asker, *messages))
