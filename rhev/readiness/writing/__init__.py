"""A report as text for a terminal, as JSON for programs and as a page for a browser."""

from rhev.readiness.writing.document import document
from rhev.readiness.writing.page import page
from rhev.readiness.writing.text import text

__all__ = ["document", "page", "text"]
