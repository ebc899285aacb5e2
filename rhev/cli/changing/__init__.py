"""What the commands that change something have in common."""
