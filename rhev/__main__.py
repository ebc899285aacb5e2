"""``python -m rhev`` is the command ``rhev``."""

from rhev.cli import main

main()
