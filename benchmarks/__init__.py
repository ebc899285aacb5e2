"""What rhev costs, measured against the vendor's SDK on the same data in the same run."""
