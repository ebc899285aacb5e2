"""Commands: The estate as a whole."""
