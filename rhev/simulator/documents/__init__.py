"""What of the state is shown: documents with their links, and what is worked out for them."""
