"""How the classes of the models are made, and what pydantic and pydantic-xml are told of them."""
