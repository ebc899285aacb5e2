"""The embedded engine beside recordings of a real one: the same requests, and are the answers alike?

``python -m tests.conformance`` prints the table.
"""
