"""Commands: What changes."""
