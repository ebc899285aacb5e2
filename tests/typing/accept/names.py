"""What a program has to name, to annotate its own functions with it."""

from __future__ import annotations

from typing import Unpack, assert_type

from rhev import (
    AsyncTransport,
    BasicAuth,
    Connection,
    Error,
    Exchange,
    InvalidRequest,
    KerberosAuth,
    Links,
    NotRecorded,
    Options,
    Problem,
    Request,
    Response,
    RetryPolicy,
    TokenAuth,
    Transport,
    schema,
)


def connect(url: str, **options: Unpack[Options]) -> Connection:
    options.setdefault("retry", RetryPolicy())
    return Connection(url, **options)


def over(url: str, transport: Transport) -> Connection:
    return Connection(url, transport=transport)


def authentication(token: str | None) -> BasicAuth | TokenAuth | KerberosAuth:
    return TokenAuth(token) if token else KerberosAuth()


class Offline:
    async def send(self, request: Request) -> Response:
        raise NotRecorded(f"nothing is recorded for {request.method} {request.url}")

    async def close(self) -> None: ...


def offline() -> AsyncTransport:
    return Offline()


def explain(problem: Problem) -> str:
    return f"{problem.path} should be {problem.expected}"


def explain_all(vm: schema.VM, error: InvalidRequest) -> list[str]:
    assert_type(error.problems, tuple[Problem, ...])
    return [explain(problem) for problem in (*error.problems, *schema.validate(vm, "add"))]


def where(error: Error) -> Exchange | None:
    return error.exchange


def leads_to(links: Links) -> list[str]:
    return sorted(links)


def leads_on(vm: schema.VM) -> list[str]:
    return leads_to(vm.links) + leads_to(vm.actions)
