"""Authentication and HTTP, as a real engine was seen to do them (items 21 to 27)."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

import pytest

import rhev
from rhev import Connection, schema
from rhev.transport import (
    AuthTransport,
    BasicAuth,
    HttpTransport,
    RetryPolicy,
    RetryTransport,
    SsoAuth,
    header,
)
from tests.operations.scripted import PATH, URL, Answer, Scripted, answer, connected
from tests.transport.wire import Answer as Served
from tests.transport.wire import serving

from .answers import UUID, engine, fault, page, resource, sentence

if TYPE_CHECKING:
    from rhev.transport import Auth, Request, Response

TOKEN = "https://engine.example/ovirt-engine/sso/oauth/token"
LOGOUT = "https://engine.example/ovirt-engine/services/sso-logout"
AUTH = SsoAuth("admin@internal", "secret")
VM = f"vms/{UUID}"
READ = resource(VM, name="web-01")


class Gate:
    """What is beside the API: the single sign-on, with the answers that it is to give in turn."""

    def __init__(self, api: Scripted, *answers: Any) -> None:
        self.api = api
        self.answers = list(answers)
        self.requests: list[Request] = []

    def send(self, request: Request) -> Response:
        if request.url.startswith(URL):
            return self.api.send(request)
        self.requests.append(request)
        given = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return given if not isinstance(given, dict) else answer(given)

    def close(self) -> None:
        self.api.close()


def behind(gate: Gate, auth: Auth = AUTH) -> Connection:
    return Connection(URL, transport=AuthTransport(gate, auth, URL))


def token(number: int = 1, **more: object) -> dict[str, object]:
    return {"access_token": f"t{number}", "scope": "", "token_type": "bearer", **more}


def in_ms(seconds: float) -> str:
    return str(int((time.time() + seconds) * 1000))


# 21


def test_the_token_service_is_asked_for_json_alone() -> None:
    """Any other Accept, or none, is answered with 400."""
    gate = Gate(engine(), token())
    behind(gate).ping()
    (asked,) = gate.requests
    assert (asked.method, asked.url) == ("POST", TOKEN)
    assert header(asked.headers, "Accept") == "application/json"
    assert header(asked.headers, "Content-Type") == "application/x-www-form-urlencoded"
    assert parse_qs(asked.content.decode())["scope"] == ["ovirt-app-api"]


@pytest.mark.parametrize("status", [400, 401])
@pytest.mark.parametrize(
    ("body", "reason", "detail"),
    [
        ({"error_code": "access_denied", "error": "Cannot log in"}, "access_denied", "Cannot log"),
        ({"error": "invalid_grant", "error_description": "Not so"}, "invalid_grant", "Not so"),
    ],
)
def test_a_refused_login_says_why_in_either_form(
    status: int, body: dict[str, str], reason: str, detail: str
) -> None:
    """With 400, not 401; where no form could be read, the code and the sentence change places."""
    with pytest.raises(rhev.Unauthorized) as raised:
        behind(Gate(engine(), answer(body, status))).ping()
    assert raised.value.fault.reason == reason
    assert detail in str(raised.value.fault.detail)


def test_a_wrong_password_is_tried_once() -> None:
    """It takes an engine five seconds to refuse it, and may lock the account."""
    gate = Gate(engine(), answer({"error_code": "access_denied", "error": "no"}, 400))
    with pytest.raises(rhev.Unauthorized):
        behind(gate).ping()
    assert len(gate.requests) == 1


@pytest.mark.parametrize(("seconds", "logins"), [(3600, 1), (11, 1)])
def test_a_token_is_good_until_a_moment_in_milliseconds(seconds: float, logins: int) -> None:
    """Taken for seconds it would be good for ever."""
    gate = Gate(engine(), token(exp=in_ms(seconds)), token(2, exp=in_ms(3600)))
    conn = behind(gate)
    conn.ping()
    conn.ping()
    assert len(gate.requests) == logins


def test_a_token_that_is_over_is_renewed_before_it_is_sent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No request is spent on finding out."""
    gate = Gate(engine(), token(exp=in_ms(3600)), token(2, exp=in_ms(9000)))
    conn = behind(gate)
    conn.ping()
    later = time.time() + 3601
    monkeypatch.setattr(time, "time", lambda: later)
    conn.ping()
    assert [header(r.headers, "Authorization") for r in gate.api.requests] == [
        "Bearer t1",
        "Bearer t2",
    ]


def test_whatever_scope_is_granted_is_taken() -> None:
    """An unknown one is granted as any other is."""
    behind(Gate(engine(), token(scope="no-such-scope"))).ping()


# 22


@pytest.mark.parametrize(
    "said",
    [
        "Unauthorized",
        "invalid_grant: the token is over",
        "access_denied: cannot authenticate user 'a@b'",
        "The user a@b is not authorized to log in",
    ],
)
def test_a_401_says_why_on_a_page(said: str) -> None:
    """The API answers it in HTML, whatever was asked for: of that the sentence is kept."""
    script = engine({f"GET /{VM}": page(said, 401)})
    with pytest.raises(rhev.Unauthorized) as raised:
        connected(script).get(schema.VM, UUID)
    assert raised.value.fault.reason == "Unauthorized"
    assert raised.value.fault.detail == said


def test_an_expired_token_is_renewed_once() -> None:
    """Every token that is not good is answered in the same way: a new one may be."""
    answers = [page("invalid_grant: over", 401), answer(READ)]
    gate = Gate(engine({f"GET /{VM}": lambda _: answers.pop(0)}), token(), token(2))
    assert behind(gate).get(schema.VM, UUID).name == "web-01"
    assert [header(r.headers, "Authorization") for r in gate.api.requests][-2:] == [
        "Bearer t1",
        "Bearer t2",
    ]


def test_a_user_without_any_permission_is_told_so() -> None:
    """The token is granted, and the API answers 401: a second token, and that is all."""
    gate = Gate(engine({f"GET /{VM}": page("a@b is not authorized", 401)}), token(), token(2))
    with pytest.raises(rhev.Unauthorized, match="a@b is not authorized"):
        behind(gate).get(schema.VM, UUID)
    assert len(gate.requests) == 2


def test_the_scheme_is_written_with_a_capital() -> None:
    """In lower case an engine does not know it."""
    gate = Gate(engine(), token())
    behind(gate).ping()
    assert header(gate.api.requests[0].headers, "Authorization") == "Bearer t1"


@pytest.mark.parametrize("status", [200, 500])
def test_a_logout_never_fails(status: int) -> None:
    """An engine answers any with 200; and what a proxy says is of no use to anybody."""
    gate = Gate(engine(), token(), answer({}, status))
    conn = behind(gate)
    conn.ping()
    conn.close()
    assert [request.url for request in gate.requests] == [TOKEN, LOGOUT]


def test_a_session_is_kept_by_saying_so_each_time() -> None:
    """One request with the cookie that does not ask for the session to persist would end it."""
    made = answer(READ)
    set_cookie = {**made.headers, "set-cookie": "JSESSIONID=abc; path=/ovirt-engine/api"}
    first = type(made)(200, set_cookie, made.content)
    answers = [first, made, made]
    script = engine({f"GET /{VM}": lambda _: answers.pop(0)})
    conn = Connection(
        URL, transport=AuthTransport(script, BasicAuth("admin@internal", "secret"), URL)
    )
    conn.ping()
    for _ in range(3):
        conn.get(schema.VM, UUID)
    assert [header(r.headers, "Prefer") for r in script.requests] == ["persistent-auth"] * 4
    cookies = [header(request.headers, "Cookie") for request in script.requests]
    assert cookies == [None, None, "JSESSIONID=abc", "JSESSIONID=abc"]


# 23


def test_the_correlation_id_of_an_error_is_the_engine_s() -> None:
    """It comes back on every authenticated answer, made up where none was sent."""
    refused = fault(409)
    headers = {**refused.headers, "correlation-id": "made-up"}
    script = engine({f"GET /{VM}": type(refused)(409, headers, refused.content)})
    with pytest.raises(rhev.Conflict, match="correlation id made-up"):
        connected(script).get(schema.VM, UUID)


@pytest.mark.parametrize("given", ["a" * 37, "web 01", "a.b", "ä", ""])
def test_what_an_engine_would_cut_or_drop_is_no_correlation_id(given: str) -> None:
    """It would be looked for in the engine's log in vain."""
    with pytest.raises(ValueError, match="up to 36 letters"):
        connected(engine(), correlation_id=given)
    assert connected(engine(), correlation_id="a" * 36)


# 24


def test_the_location_of_what_was_made_is_not_followed() -> None:
    """It has the path of the API twice; what was made has its address within."""
    made = answer(READ, 201)
    headers = {**made.headers, "location": f"{URL}/v4/ovirt-engine/api/{VM}"}
    answers: dict[str, Answer] = {
        "POST /vms": type(made)(201, headers, made.content),
        f"GET /{VM}": READ,
    }
    script = engine(answers)
    vm = connected(script).create(
        schema.VM(
            name="web-01", cluster=schema.Cluster(name="a"), template=schema.Template(name="b")
        )
    )
    vm.reload()
    assert script.calls == ["POST /vms", f"GET /{VM}"]


# 25


def test_every_request_is_of_version_4() -> None:
    """An engine answers any other version with an error."""
    script = engine({f"GET /{VM}": READ})
    connected(script).get(schema.VM, UUID)
    assert {header(request.headers, "Version") for request in script.requests} == {"4"}


def test_an_engine_without_a_version_3_says_so() -> None:
    """Its address is answered with 405, and a page."""
    script = Scripted({"GET /v3": page("HTTP method GET is not supported by this URL", 405)})
    with pytest.raises(rhev.IllegalMethod, match="not supported by this URL"):
        Connection(f"{URL}/v3", transport=script).ping()


def test_a_version_in_the_address_is_kept_by_the_links() -> None:
    """The addresses that such an entry point gives have it too, and are what is asked for."""
    entry = {"link": [{"rel": "vms", "href": f"{PATH}/v4/vms"}]}
    script = Scripted({"GET /v4": entry, "GET /v4/vms": {}})
    Connection(f"{URL}/v4", transport=script).getall(schema.VM)
    assert [script.path(request) for request in script.requests] == ["/v4", "/v4/vms"]


# 26


@pytest.mark.parametrize("wire", ["json", "xml"])
def test_one_type_is_asked_for(wire: Any) -> None:
    """No Accept, or several that are equal, give XML, and ``text/xml`` is not known."""
    script = engine()
    with pytest.raises(rhev.ParseError):
        # The script speaks JSON alone, and what came is told from what was asked for.
        connected(Scripted({"GET ": sentence("no", 200)}), format=wire).ping()
    connected(script, format=wire).ping()
    assert header(script.requests[0].headers, "Accept") == f"application/{wire}"


def test_answers_are_asked_for_in_gzip_and_nothing_is_conditional() -> None:
    """An engine compresses only when asked to, and knows no conditions and ranges. Nothing is
    asked for in another language."""
    with serving(lambda _: Served(200, b"{}", [("content-type", "application/json")])) as server:
        transport = HttpTransport()
        with pytest.raises(rhev.ResponseError):
            Connection(server.url, transport=transport).ping()
        transport.close()
    (received,) = server.received
    assert "gzip" in received.headers["accept-encoding"]
    unwanted = ("if-", "range", "accept-language")
    assert not [name for name in received.headers if name.startswith(unwanted)]


# 27


@pytest.mark.parametrize("user_view", [True, False])
def test_the_user_s_view_is_asked_for_or_not_spoken_of(user_view: bool) -> None:
    """To say that it is not wanted is an error for an ordinary user, whose only view it is."""
    script = engine()
    connected(script, user_view=user_view).ping()
    assert header(script.requests[0].headers, "Filter") == ("true" if user_view else None)


def test_what_a_user_may_not_query_is_a_fault_with_400() -> None:
    """Not 403: jobs and MAC pools have no view for users."""
    script = engine({"GET /macpools": fault(400, detail="insufficient permissions")})
    with pytest.raises(rhev.Fault, match="insufficient permissions") as raised:
        connected(script).getall(schema.MacPool)
    assert type(raised.value) is rhev.Fault


def test_what_a_user_may_not_see_is_not_there_and_an_action_is_forbidden() -> None:
    """404 of the one, and 403 of the other."""
    script = engine(
        {
            f"GET /{VM}": resource(VM, actions=("start",)),
            f"POST /{VM}/start": fault(403),
            "GET /vms/hidden": answer(b"", 404, ""),
        }
    )
    conn = connected(script)
    with pytest.raises(rhev.Forbidden):
        conn.get(schema.VM, UUID).start()
    with pytest.raises(rhev.NotFound):
        conn.get(schema.VM, "hidden")


def test_a_login_that_fails_is_not_retried() -> None:
    """Whatever is retried, the single sign-on's refusal is not."""
    gate = Gate(engine(), answer({"error_code": "access_denied", "error": "no"}, 400))
    transport = RetryTransport(AuthTransport(gate, AUTH, URL), RetryPolicy())
    with pytest.raises(rhev.Unauthorized):
        Connection(URL, transport=transport).ping()
    assert len(gate.requests) == 1
