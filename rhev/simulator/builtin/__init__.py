"""What an engine comes with, and the estate of the demonstration: data."""
