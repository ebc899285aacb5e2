"""The whole estate in one run, and read back: an inventory.

>>> from rhev import Connection, inventory, schema
>>> estate = inventory.Inventory(inventory.gather(connection))
>>> [vm.name for vm in estate.of(schema.VM) if vm.snapshots]
"""

from rhev.inventory.entries import Entry, Problem
from rhev.inventory.gathering import gather
from rhev.inventory.inventory import Inventory
from rhev.inventory.parts import PARTS, Part, parts

__all__ = ["PARTS", "Entry", "Inventory", "Part", "Problem", "gather", "parts"]
