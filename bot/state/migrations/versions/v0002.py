"""Digests: subscriptions, what became of each date, pictures, and what was asked how often."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make this step."""
    op.create_table(
        "asked",
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("entity", sa.String(length=255), nullable=False),
        sa.Column("relation", sa.String(length=255), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "entity", "relation"),
        comment="How often something was asked about; neither words nor people",
    )
    op.create_table(
        "occurrences",
        sa.Column("subscription", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("spotlight", sa.String(length=255), server_default="", nullable=False),
        sa.Column("pin", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("created", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("subscription", "day", "slot"),
    )
    op.create_table(
        "pictures",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("created", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "subscriptions",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("thread", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("state", sa.String(length=8), server_default="draft", nullable=False),
        sa.Column("days", sa.String(length=8), server_default="daily", nullable=False),
        sa.Column("weekday", sa.Integer(), server_default="0", nullable=False),
        sa.Column("at", sa.String(length=5), server_default="08:00", nullable=False),
        sa.Column("zone", sa.String(length=64), server_default="Asia/Shanghai", nullable=False),
        sa.Column("language", sa.String(length=8), server_default="zh-Hans", nullable=False),
        sa.Column("topics", sa.Text(), nullable=False),
        sa.Column("picture", sa.Boolean(), server_default=sa.true(), nullable=False),
        sa.Column("silent", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("pinned", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("owner_chat", sa.BigInteger(), nullable=True),
        sa.Column("told", sa.String(length=64), server_default="", nullable=False),
        sa.Column("last", sa.String(length=10), server_default="", nullable=False),
        sa.Column("due", sa.Double(), nullable=True),
        sa.Column("base", sa.Text(), server_default="", nullable=False),
        sa.Column("changed", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("chat_id", "thread", name="subscriptions_place"),
    )
    op.create_index("subscriptions_due", "subscriptions", ["due"], unique=False)


def downgrade() -> None:
    """Take it back."""
    op.drop_index("subscriptions_due", "subscriptions")
    op.drop_table("subscriptions")
    op.drop_table("pictures")
    op.drop_table("occurrences")
    op.drop_table("asked")
