"""The embedded engine beside recordings of a real one: the same requests, the same answers?

``python -m tests.conformance`` prints the table.
"""
