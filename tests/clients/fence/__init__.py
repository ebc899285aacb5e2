"""The fence agent of high-availability clusters, which reads documents by regular expressions."""
