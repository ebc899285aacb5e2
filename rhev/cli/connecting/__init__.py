"""Where a command connects: options, the environment, profiles; and whose certificate it trusts."""
