"""Commands: What reads."""
