"""What alembic runs: the missing steps, in the transaction of the connection it was given."""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
