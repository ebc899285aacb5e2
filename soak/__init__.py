"""Whether rhev holds while many use it at a time, by its answers and by the engine's record."""
