"""Whether rhev holds while many use it at a time: answers, creations, leaks, by the engine's record."""
