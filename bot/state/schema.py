"""The tables of the state database. Times are POSIX seconds, `person` is the alias of a user's id."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    text,
    true,
)

metadata = MetaData()

_Serial = BigInteger().with_variant(Integer, "sqlite")
"""SQLite counts up integers only."""

inbox = Table(
    "inbox",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("received", Double, nullable=False),
    Column("lane", String(64), nullable=False),  # updates of one lane are handled in order
    Column("state", String(8), nullable=False),  # new, done, failed, parked (not understood), stale
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("body", Text, nullable=False),  # JSON; emptied once it is handled
    Column("error", Text, nullable=False, server_default=""),
)
Index("inbox_new", inbox.c.update_id, sqlite_where=text("state = 'new'"), postgresql_where=text("state = 'new'"))

_WAITING = "state IN ('pending', 'sending')"

outbox = Table(
    "outbox",
    metadata,
    Column("id", _Serial, primary_key=True),
    Column("update_id", BigInteger),  # the update it comes from
    Column("chat_id", BigInteger),
    Column("method", String(64), nullable=False),
    Column("payload", Text, nullable=False),  # JSON, without chat_id; emptied once it is sent
    Column("plain", Text, nullable=False, server_default=""),
    Column("priority", Integer, nullable=False, server_default="0"),
    Column("state", String(9), nullable=False),  # pending, sending, sent, failed, uncertain, expired
    Column("not_before", Double),
    Column("expires", Double),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("message_id", BigInteger),
    Column("code", Integer),
    Column("error", Text, nullable=False, server_default=""),
    Column("answers_chat", BigInteger),
    Column("answers_message", BigInteger),
    Column("edits_chat", BigInteger),
    Column("edits_message", BigInteger),
    Column("note", String(64), nullable=False, server_default=""),
    Column("created", Double, nullable=False),
    Column("sent", Double),  # when the request was made, as far as known
)
Index("outbox_waiting", outbox.c.id, sqlite_where=text(_WAITING), postgresql_where=text(_WAITING))
Index("outbox_message", outbox.c.chat_id, outbox.c.message_id)
Index("outbox_answers", outbox.c.answers_chat, outbox.c.answers_message)

chats = Table(
    "chats",
    metadata,
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String(16), nullable=False),  # private, group, supergroup, channel
    Column("language", String(8), nullable=False, server_default=""),  # '' follows each question
    Column("buttons", Boolean, nullable=False, server_default=true()),
    Column("who", String(8), nullable=False, server_default="all"),  # all or admins may ask
    Column("mention", Boolean, nullable=False, server_default=true()),  # whether a mention addresses the bot
    Column("active", Boolean, nullable=False, server_default=true()),  # false once blocked or kicked
    Column("told_late", Double),  # when the chat was last told that its questions came too late
    Column("changed", Double, nullable=False),
)

exchanges = Table(
    "exchanges",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("thread", BigInteger, nullable=False),  # 0 outside topics
    Column("person", String(32), nullable=False),
    Column("message_id", BigInteger),  # of the question; NULL where a button asked it
    Column("language", String(8), nullable=False),
    Column("question", Text, nullable=False),
    Column("context", Text, nullable=False),  # JSON, what the next question leans on
    Column("data", Text, nullable=False),  # JSON, what the buttons below the answer lead to
    Column("created", Double, nullable=False),
    Column("expires", Double, nullable=False),
)
Index("exchanges_person", exchanges.c.chat_id, exchanges.c.thread, exchanges.c.person, exchanges.c.created)
Index("exchanges_message", exchanges.c.chat_id, exchanges.c.message_id)
Index("exchanges_expires", exchanges.c.expires)

questions = Table(
    "questions",
    metadata,
    Column("id", _Serial, primary_key=True),
    Column("kind", String(16), nullable=False),  # unanswered, disliked
    Column("text", Text, nullable=False),
    Column("language", String(8), nullable=False, server_default=""),
    Column("detail", Text, nullable=False, server_default=""),  # the words not understood, or the reason given
    Column("person", String(32), nullable=False, server_default=""),
    Column("created", Double, nullable=False),
    Column("expires", Double, nullable=False),
)
Index("questions_expires", questions.c.expires)

feedback = Table(
    "feedback",
    metadata,
    Column("note", String(64), nullable=False),  # of the answer in the outbox
    Column("person", String(32), nullable=False),
    Column("vote", Integer, nullable=False),  # 1 or -1
    Column("reason", String(32), nullable=False, server_default=""),
    Column("created", Double, nullable=False),
    PrimaryKeyConstraint("note", "person"),
)

marks = Table(
    "marks",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
    comment="Single values: the key of the aliases, the menus that Telegram was last told",
)
