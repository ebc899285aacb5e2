"""What models are made of, written by hand: the models themselves are generated, in ``models``."""
