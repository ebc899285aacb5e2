"""What holds for every type: the services and methods of the facts, checks, states."""
