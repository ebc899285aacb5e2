"""What the project needs to be published, and its users do not."""
