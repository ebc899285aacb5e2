"""What an entity does beyond what holds for every type: a module for each family of them."""
