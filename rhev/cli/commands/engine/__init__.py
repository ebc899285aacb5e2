"""Commands: The engine itself, and the way to it."""
