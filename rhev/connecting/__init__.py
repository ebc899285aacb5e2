"""How a connection is told, opened, driven and closed, but for what it can do."""
