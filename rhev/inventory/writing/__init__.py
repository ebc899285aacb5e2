"""Writing an inventory to a file, or to a folder of one file a table."""

from rhev.inventory.writing.beside import Format, Writer, format_of, writing

__all__ = ["Format", "Writer", "format_of", "writing"]
