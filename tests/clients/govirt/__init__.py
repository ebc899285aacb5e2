"""GNOME's client, by which virt-viewer and Boxes find machines and their consoles."""
