"""Commands: Specs as files."""
