"""Alembic environment: the caller hands over an open connection; there is no alembic.ini."""

from alembic import context

from mailbot.store.schema.letters_and_cases import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
