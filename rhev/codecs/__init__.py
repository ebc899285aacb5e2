"""Bytes from and to models: what the API calls its representations, XML and JSON."""
