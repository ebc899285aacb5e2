"""What the engine refuses of single types, beyond the rules of value, by rooms."""
