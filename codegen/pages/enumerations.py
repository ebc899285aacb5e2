"""A page of all enumerations: their values, with what they mean."""

from __future__ import annotations

import ast
import inspect
from functools import cache
from importlib import import_module

from codegen.pages import markdown
from rhev.mapping.catalogue import home, model
from rhev.models import index, since

PATH = "reference/enumerations.md"


def pages() -> dict[str, str]:
    parts = [_enumeration(name) for name in sorted(index.ENUMERATIONS)]
    text = markdown.page(
        "Enumerations",
        "What an attribute of such a type may be. In a program they are members of the class, as"
        ' `schema.VmStatus.UP`, and the texts below compare to them: `vm.status == "up"`.',
        *parts,
    )
    return {PATH: text}


def anchor(name: str) -> str:
    """Where an enumeration is on the page."""
    return name.lower()


def _enumeration(name: str) -> str:
    cls = model(name)
    meanings = _meanings(home(cls)).get(name, {})
    rows = [
        (
            f"`{member.value}`",
            markdown.prose(meanings.get(member.name)),
            since.VALUES.get(f"{name}.{member.value}", ""),
        )
        for member in cls
    ]
    head = ("Value", "Meaning", "Since")
    heading = f"## {name} {{ #{anchor(name)} }}"
    return f"{heading}\n\n{markdown.prose(cls.__doc__)}\n\n{markdown.table(head, rows)}"


@cache
def _meanings(module: str) -> dict[str, dict[str, str]]:
    """The texts below the members of a module's enumerations, which Python does not keep."""
    tree = ast.parse(inspect.getsource(import_module(module)))
    found: dict[str, dict[str, str]] = {}
    for node in tree.body:
        if not isinstance(node, ast.ClassDef):
            continue
        for before, after in zip(node.body, node.body[1:], strict=False):
            if (
                isinstance(before, ast.Assign)
                and isinstance(before.targets[0], ast.Name)
                and isinstance(after, ast.Expr)
                and isinstance(after.value, ast.Constant)
            ):
                meaning = " ".join(str(after.value.value).split())
                found.setdefault(node.name, {})[before.targets[0].id] = meaning
    return found
