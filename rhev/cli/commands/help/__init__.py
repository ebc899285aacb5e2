"""Commands: what there is to know of the command itself."""
