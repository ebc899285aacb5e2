"""What ``-o jsonpath=`` takes: texts, and paths in braces, as kubectl has them.

>>> found_by("{.vm[*].name}", {"vm": [{"name": "a"}, {"name": "b"}]})
'a b'

A path has names (``.name``, ``['name']``), entries of lists (``[0]``, ``[-1]``, ``[1:3]``,
``[*]``), what is anywhere below (``..name``) and filters (``[?(@.status=="up")]``); what is between
``{range ...}`` and ``{end}`` is written for each that is found.
"""

from __future__ import annotations

import json
import operator
import re
from typing import TYPE_CHECKING, Any, Final, NoReturn

from rhev.cli.exits import USAGE, CommandError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_PART: Final = re.compile(r"\{((?:\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|[^}\"'])*)\}")
_STEP: Final = re.compile(
    r"""
    \.\.(?P<below>[\w-]+|\*) | \.(?P<name>[\w-]+|\*)
    | \[ \s* (?: (?P<index>-?\d+) | (?P<all>\*) | (?P<slice>-?\d*:-?\d*(?::-?\d+)?)
        | (?P<quoted>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
        | \?\( \s* (?P<filter>(?:"[^"]*"|'[^']*'|[^)"'])+?) \s* \) ) \s* \]
    """,
    re.VERBOSE,
)
_CONDITION: Final = re.compile(
    r"""@(?P<path>[^\s=!<>~]*) \s* (?: (?P<op>==|!=|<=|>=|<|>|=~) \s* (?P<value>.+) )?""",
    re.VERBOSE,
)
_OPERATORS: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def found_by(template: str, document: Any) -> str:
    """The text that a template makes of a document.

    Raises CommandError, with what is wrong, for a template that is none.
    """
    parts: list[tuple[str, str]] = []
    at = 0
    if "{" not in template:
        template = f"{{{template}}}"
    for match in _PART.finditer(template):
        parts += [("text", template[at : match.start()]), ("path", match[1].strip())]
        at = match.end()
    parts.append(("text", template[at:]))
    for kind, text in parts:
        if kind == "text" and ("{" in text or "}" in text):
            _refuse(text, "a brace that has no other")
    written, rest = _write(parts, 0, document)
    if rest < len(parts):
        _refuse("{end}", "it ends no {range}")
    return written


def _write(parts: list[tuple[str, str]], at: int, document: Any) -> tuple[str, int]:
    written = []
    while at < len(parts):
        kind, text = parts[at]
        if kind == "text":
            written.append(text)
        elif text == "end":
            break
        elif text.startswith("range"):
            entries = list(_values(text.removeprefix("range").strip(), document))
            end = _end_of(parts, at)
            for entry in entries:
                written.append(_write(parts[:end], at + 1, entry)[0])
            at = end
        elif text[:1] in "'\"" and text:
            written.append(_unquoted(text))
        else:
            written.append(" ".join(map(_shown, _values(text, document))))
        at += 1
    return "".join(written), at


def _end_of(parts: list[tuple[str, str]], at: int) -> int:
    depth = 0
    for number in range(at, len(parts)):
        kind, text = parts[number]
        if kind == "path" and text.startswith("range"):
            depth += 1
        elif kind == "path" and text == "end":
            depth -= 1
            if depth == 0:
                return number
    return _refuse("{range}", "it has no {end}")


def _values(path: str, document: Any) -> Iterable[Any]:
    """What a path leads to from a document: nothing where it leads nowhere."""
    found = [document]
    at = 1 if path[:1] in ("$", "@") else 0
    if path and path[at : at + 1] not in ("", ".", "["):
        path, at = f".{path[at:]}", 0
    if path[at:] == ".":
        return found
    while at < len(path):
        match = _STEP.match(path, at)
        if match is None:
            _refuse(path, f"{path[at:]!r} is no step of a path")
        found = [value for each in found for value in _step(match, each)]
        at = match.end()
    return found


def _step(match: re.Match[str], value: Any) -> Iterator[Any]:
    if below := match["below"]:
        yield from _below(below, value)
    elif name := match["name"] or (match["quoted"] and _unquoted(match["quoted"])):
        if name == "*" and match["name"]:
            yield from _entries(value)
        elif isinstance(value, dict) and name in value:
            yield value[name]
    elif match["all"]:
        yield from _entries(value)
    elif match["filter"]:
        yield from (entry for entry in _entries(value) if _holds(match["filter"], entry))
    elif isinstance(value, list):
        if match["index"]:
            index = int(match["index"])
            yield from value[index:][:1] if index >= -len(value) else ()
        else:
            bounds = [int(part) if part else None for part in match["slice"].split(":")]
            if bounds[2:] == [0]:
                _refuse(match[0], "a slice goes in steps of 1 or more")
            yield from value[slice(*bounds)]


def _entries(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _below(name: str, value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for key, held in value.items():
            if name in ("*", key):
                yield held
            yield from _below(name, held)
    elif isinstance(value, list):
        for entry in value:
            yield from _below(name, entry)


def _holds(condition: str, entry: Any) -> bool:
    match = _CONDITION.fullmatch(condition)
    if match is None:
        _refuse(condition, 'a filter is written as in ?(@.status=="up")')
    found = list(_values(match["path"], entry))
    if match["op"] is None:
        return bool(found)
    wanted = match["value"].strip()
    text = _unquoted(wanted) if wanted[:1] in "'\"" else wanted
    if match["op"] == "=~":
        return any(re.search(text.strip("/"), str(value)) for value in found)
    return any(_compares(match["op"], value, text) for value in found)


def _compares(sign: str, value: Any, text: str) -> bool:
    """Compares as numbers where both are: the API writes numbers as texts."""
    compare = _OPERATORS[sign]
    try:
        return compare(float(value), float(text))
    except (TypeError, ValueError):
        return compare(_shown(value), text)


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _unquoted(text: str) -> str:
    if text.startswith("'"):
        text = '"' + text[1:-1].replace("\\'", "'").replace('"', '\\"') + '"'
    try:
        return str(json.loads(text))
    except ValueError:
        return _refuse(text, "it is no text in quotes")


def _refuse(text: str, why: str) -> NoReturn:
    raise CommandError(f"jsonpath: {text}: {why}", USAGE)
