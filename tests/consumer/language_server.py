"""An editor, as far as pyright's language server can tell: a client of the protocol over pipes."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from pathlib import Path

# The mark in a text that stands for the cursor.
CURSOR = "|"


@dataclass(frozen=True)
class Spot:
    """Where the cursor is, in a document that the server has open."""

    uri: str
    line: int
    character: int

    @property
    def parameters(self) -> dict[str, Any]:
        return {
            "textDocument": {"uri": self.uri},
            "position": {"line": self.line, "character": self.character},
        }


class LanguageServer:
    """An editor's session in a folder, with the interpreter that its programs run with."""

    def __init__(self, folder: Path, interpreter: str) -> None:
        self._folder = folder
        self._interpreter = interpreter
        self._sent = 0
        self._opened = 0
        self._process = subprocess.Popen(
            [sys.executable, "-m", "pyright.langserver", "--stdio"],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def __enter__(self) -> Self:
        documentation = {"documentationFormat": ["markdown"]}
        self._ask(
            "initialize",
            {
                "processId": None,
                "rootUri": self._folder.as_uri(),
                "workspaceFolders": [{"uri": self._folder.as_uri(), "name": "program"}],
                "capabilities": {
                    "workspace": {"configuration": True, "workspaceFolders": True},
                    "textDocument": {
                        "completion": {"completionItem": documentation},
                        "hover": {"contentFormat": ["markdown"]},
                        "signatureHelp": {"signatureInformation": documentation},
                    },
                },
            },
        )
        self._tell("initialized", {})
        return self

    def __exit__(self, *_: object) -> None:
        self._ask("shutdown", None)
        self._tell("exit", None)
        self._process.communicate(timeout=30)

    def open(self, text: str) -> Spot:
        """Opens a document, in which one ``|`` is the cursor."""
        before, after = text.split(CURSOR)
        self._opened += 1
        uri = (self._folder / f"program_{self._opened}.py").as_uri()
        document = {"uri": uri, "languageId": "python", "version": 1, "text": before + after}
        self._tell("textDocument/didOpen", {"textDocument": document})
        return Spot(uri, before.count("\n"), len(before.rpartition("\n")[2]))

    def completions(self, spot: Spot) -> dict[str, dict[str, Any]]:
        """What the editor offers at the cursor, by its label."""
        found = self._ask("textDocument/completion", spot.parameters)
        return {item["label"]: item for item in found["items"]}

    def documentation(self, item: dict[str, Any]) -> str:
        """What the editor shows beside an offer, once it is selected."""
        resolved = self._ask("completionItem/resolve", item)
        text: str = resolved.get("documentation", {}).get("value", "")
        return text

    def hover(self, spot: Spot) -> str:
        """What the editor shows of the name at the cursor."""
        found = self._ask("textDocument/hover", spot.parameters)
        text: str = found["contents"]["value"]
        return text

    def signature(self, spot: Spot) -> dict[str, Any]:
        """The call at the cursor: its parameters and its documentation."""
        found = self._ask("textDocument/signatureHelp", spot.parameters)
        signature: dict[str, Any] = found["signatures"][0]
        return signature

    def _ask(self, method: str, parameters: Any) -> Any:
        self._sent += 1
        self._send({"id": self._sent, "method": method, "params": parameters})
        while True:
            message = self._receive()
            if "method" in message and "id" in message:
                self._answer(message)
            elif message.get("id") == self._sent:
                assert "error" not in message, message["error"]
                return message["result"]

    def _answer(self, request: dict[str, Any]) -> None:
        """Answers the server, which asks for the settings of the editor."""
        result = None
        if request["method"] == "workspace/configuration":
            result = [
                {"pythonPath": self._interpreter} if item.get("section") == "python" else {}
                for item in request["params"]["items"]
            ]
        self._send({"id": request["id"], "result": result})

    def _tell(self, method: str, parameters: Any) -> None:
        self._send({"method": method, "params": parameters})

    def _send(self, message: dict[str, Any]) -> None:
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        pipe = self._process.stdin
        assert pipe is not None
        pipe.write(b"Content-Length: %d\r\n\r\n%b" % (len(content), content))
        pipe.flush()

    def _receive(self) -> dict[str, Any]:
        pipe = self._process.stdout
        assert pipe is not None
        length = 0
        while (line := pipe.readline()) not in (b"\r\n", b""):
            name, _, value = line.decode().partition(":")
            if name.lower() == "content-length":
                length = int(value)
        assert length, "the language server has ended"
        message: dict[str, Any] = json.loads(pipe.read(length))
        return message
