"""The typed Python client for Red Hat Virtualization and oVirt engines."""
