"""oVirt's own client for the bytes of disks."""
