"""The bytes of disks, and how the clients of image transfers come by them."""
