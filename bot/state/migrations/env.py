"""Run by Alembic: applies the steps to the connection that bot.state.database gives."""

from alembic import context

from bot.state.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite can't alter a table in place
    transactional_ddl=True,  # SQLite can, in the transaction that bot.state.database begins
)
with context.begin_transaction():
    context.run_migrations()
