"""The connection to SQLite or PostgreSQL: engine, migrations, leases, and what the two engines spell differently."""
