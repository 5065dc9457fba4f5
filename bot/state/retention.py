"""Nothing is kept longer than it is needed."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from bot.state import inbox, outbox
from bot.state.schema import metadata

FEEDBACK_KEPT = 180 * 24 * 3600.0


def prune(connection: Connection, now: float) -> int:
    """Forget what has had its time, in every table; how many rows. Tables with a column `expires` say it themselves."""
    dropped = inbox.prune(connection, now) + outbox.prune(connection, now)
    for table in metadata.tables.values():
        if "expires" in table.c and table.name != "outbox":
            dropped += connection.execute(sa.delete(table).where(table.c.expires < now)).rowcount
    feedback = metadata.tables["feedback"]
    dropped += connection.execute(sa.delete(feedback).where(feedback.c.created < now - FEEDBACK_KEPT)).rowcount
    return dropped
