"""Estates from files: saved ones, descriptions in YAML, and what was recorded of a real engine."""
