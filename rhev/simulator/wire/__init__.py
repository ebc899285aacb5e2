"""How an engine is reached: HTTP, the two types of representation, and who may ask."""
