"""The vendor's SDK for Python, doing what its users do, and what they do wrong."""
