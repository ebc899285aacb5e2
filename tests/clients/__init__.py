"""Other people's clients at work on the embedded engine, each where it is installed."""
