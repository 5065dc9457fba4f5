"""The tables of the state database. Times are POSIX seconds, `person` is the alias of a user's id."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
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

changes = Table(
    "changes",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("admin", BigInteger, nullable=False),  # numeric id: only this administrator decides
    Column("kind", String(16), nullable=False),  # reload, file, alias, correct, rollback
    Column("state", String(8), nullable=False),  # asking, waiting, staged, applying, done, refused, dropped
    Column("language", String(8), nullable=False),
    Column("detail", Text, nullable=False),  # JSON: what was asked for
    Column("files", Text, nullable=False),  # JSON: path within the pack → new text
    Column("staged", Text, nullable=False),  # JSON: what staging found
    Column("created", Double, nullable=False),
    Column("expires", Double, nullable=False),
)
Index("changes_expires", changes.c.expires)

audit = Table(
    "audit",
    metadata,
    Column("id", _Serial, primary_key=True),
    Column("at", Double, nullable=False),
    Column("admin", BigInteger, nullable=False),
    Column("action", String(32), nullable=False),
    Column("detail", Text, nullable=False),
    Column("hash", String(16), nullable=False, server_default=""),  # of the base that was served afterwards
    comment="What administrators did; triggers refuse to change or to delete a row",
)

marks = Table(
    "marks",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
    comment="Single values: the key of the aliases, the menus that Telegram was last told",
)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("id", _Serial, primary_key=True),
    Column("chat_id", BigInteger, nullable=False),
    Column("thread", BigInteger, nullable=False, server_default="0"),  # 0 outside topics
    Column("state", String(8), nullable=False, server_default="draft"),  # draft, on, paused, off
    Column("days", String(8), nullable=False, server_default="daily"),  # daily, weekdays, weekly
    Column("weekday", Integer, nullable=False, server_default="0"),  # for weekly; Monday is 0
    Column("at", String(5), nullable=False, server_default="08:00"),  # local
    Column("zone", String(64), nullable=False, server_default="Asia/Shanghai"),
    Column("language", String(8), nullable=False, server_default="zh-Hans"),
    Column("topics", Text, nullable=False),  # JSON
    Column("picture", Boolean, nullable=False, server_default=true()),
    Column("silent", Boolean, nullable=False, server_default=false()),
    Column("pinned", Boolean, nullable=False, server_default=false()),
    Column("owner_chat", BigInteger),  # private chat of who subscribed
    Column("told", String(64), nullable=False, server_default=""),  # what the owner was told to be lacking
    Column("last", String(10), nullable=False, server_default=""),  # local date
    Column("due", Double),  # of the next occurrence; NULL unless it is on
    Column("base", Text, nullable=False, server_default=""),  # of the last digest: file and hash
    Column("changed", Double, nullable=False),
    UniqueConstraint("chat_id", "thread", name="subscriptions_place"),
)
Index("subscriptions_due", subscriptions.c.due)

occurrences = Table(
    "occurrences",
    metadata,
    Column("subscription", BigInteger, nullable=False),
    Column("day", String(10), nullable=False),  # local date
    Column("slot", Integer, nullable=False),  # 0; there for several digests a day
    Column("state", String(8), nullable=False),  # sent (to the outbox), missed
    Column("spotlight", String(255), nullable=False, server_default=""),
    Column("pin", Boolean, nullable=False, server_default=false()),  # to be pinned once it is sent
    Column("created", Double, nullable=False),
    PrimaryKeyConstraint("subscription", "day", "slot"),
)

pictures = Table(
    "pictures",
    metadata,
    Column("name", String(32), primary_key=True),  # hash of the body
    Column("body", LargeBinary, nullable=False),  # PNG
    Column("created", Double, nullable=False),
)

asked = Table(
    "asked",
    metadata,
    Column("day", String(10), nullable=False),  # UTC
    Column("entity", String(255), nullable=False),
    Column("relation", String(255), nullable=False),
    Column("times", Integer, nullable=False),
    PrimaryKeyConstraint("day", "entity", "relation"),
    comment="How often something was asked about; neither words nor people",
)
