"""What is found of an estate that is to be moved, and how it is reported."""
