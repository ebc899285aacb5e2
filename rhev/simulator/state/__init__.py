"""The state of an engine: resources, where they live, the time, and what was written down."""
