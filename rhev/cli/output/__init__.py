"""What goes to the standard output: resources as tables for people, as documents for programs."""

from rhev.cli.output.writer import Output as Output
