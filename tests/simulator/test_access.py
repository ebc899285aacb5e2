"""Who may log in, what he sees, and what he may do: by tokens, cookies and permissions."""

from __future__ import annotations

import base64
import json
from typing import Any
from urllib.parse import urlencode

import pytest

from rhev.simulator import Engine
from rhev.simulator.engine import URL
from rhev.transport.base import Request, Response, header
from tests.simulator.asking import Asker, standing_still

TOKEN = "http://engine.test/ovirt-engine/sso/oauth/token"
JSON = {"Accept": "application/json"}
FORM = {**JSON, "Content-Type": "application/x-www-form-urlencoded"}
PASSWORD = "of an ordinary user"


@pytest.fixture
def engine() -> Engine:
    return Engine.demo(clock=standing_still)


@pytest.fixture
def form(engine: Engine) -> dict[str, str]:
    return {"grant_type": "password", "username": engine.username, "password": engine.password}


def _told(response: Response) -> tuple[int, Any]:
    return response.status, json.loads(response.content)


@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
def test_a_token_is_given_for_a_query_and_for_a_form(
    method: str, engine: Engine, form: dict[str, str]
) -> None:
    query = urlencode(form)
    url, content = (f"{TOKEN}?{query}", b"") if method == "GET" else (TOKEN, query.encode())
    status, document = _told(engine.handle(Request(method, url, FORM, content)))
    assert status == 200
    assert document["exp"] == str(int(standing_still() + engine.sessions.life_time) * 1000)
    assert document["scope"] == ""


def test_the_scope_of_the_api_brings_others_with_it(engine: Engine, form: dict[str, str]) -> None:
    content = urlencode({**form, "scope": "ovirt-app-api openid"}).encode()
    _, document = _told(engine.handle(Request("POST", TOKEN, FORM, content)))
    assert document["scope"].startswith("openid ovirt-app-api ovirt-ext=token-info:authz-search")


@pytest.mark.parametrize(
    ("changed", "headers", "error"),
    [
        ({"password": "x"}, FORM, {"error_code": "access_denied"}),
        ({"grant_type": "none"}, FORM, {"error_code": "unsupported_grant_type"}),
        ({"username": None}, FORM, {"error_code": "invalid_request"}),
        ({}, {**FORM, "Accept": "*/*"}, {"error_code": "invalid_request"}),
        ({}, JSON, {"error": "unsupported_grant_type"}),
    ],
)
def test_the_token_service_has_two_ways_of_saying_no(
    changed: dict[str, Any],
    headers: dict[str, str],
    error: dict[str, str],
    engine: Engine,
    form: dict[str, str],
) -> None:
    given = {name: value for name, value in {**form, **changed}.items() if value is not None}
    content = urlencode(given).encode()
    status, document = _told(engine.handle(Request("POST", TOKEN, headers, content)))
    assert (status, {**document, **error}) == (400, document)
    assert "error_description" in document or "error_code" in document


def test_a_token_ends_with_its_life_and_with_the_log_out(engine: Engine) -> None:
    engine.sessions.life_time = 60
    token, other = engine.sessions.open(engine.username), engine.sessions.open(engine.username)

    def status(token: str) -> int:
        headers = {**JSON, "Authorization": f"Bearer {token}"}
        return engine.handle(Request("GET", f"{URL}/tags", headers)).status

    assert status(token) == status(other) == 200
    log_out = "http://engine.test/ovirt-engine/services/sso-logout"
    content = f"token={other}".encode()
    assert engine.handle(Request("POST", log_out, FORM, content)).content == b"{ }"
    assert (status(token), status(other)) == (200, 401)
    engine.advance(60)
    assert status(token) == 401


def test_a_session_goes_on_as_long_as_that_is_wished_for(engine: Engine) -> None:
    pair = base64.b64encode(f"{engine.username}:{engine.password}".encode()).decode()
    prefer = {**JSON, "Prefer": "persistent-auth"}

    def ask(headers: dict[str, str]) -> Response:
        return engine.handle(Request("GET", f"{URL}/tags", headers))

    first = ask({**prefer, "Authorization": f"Basic {pair}"})
    cookie = {"Cookie": (header(first.headers, "Set-Cookie") or "").partition(";")[0]}
    assert ask({**prefer, **cookie}).status == 200
    assert ask({**JSON, **cookie}).status == 401
    assert ask({**prefer, **cookie}).status == 401


@pytest.mark.parametrize(
    ("path", "status"),
    [("services/health", 200), ("services/pki-resource", 200), ("", 302), ("sso/", 302)],
)
def test_what_is_beside_the_api(path: str, status: int, engine: Engine) -> None:
    request = Request("GET", f"http://engine.test/ovirt-engine/{path}", {})
    assert engine.handle(request).status == status


class Ordinary:
    """A user who is no administrator, with the permissions that he is given."""

    def __init__(self, engine: Engine) -> None:
        self.admin = Asker(engine)
        user = {"user_name": "user1@internal", "domain": {"name": "internal-authz"}}
        self.id = self.admin.add("/users", user)["id"]
        engine.sessions.let_in("user1@internal", PASSWORD)
        self._engine = engine
        self._token = engine.sessions.open("user1@internal")

    def may(self, role: str, on: str) -> None:
        self.admin("POST", "/roles", {"name": role, "administrative": False})
        given = {"role": {"name": role}, "user": {"id": self.id}}
        self.admin.add(f"{on}/permissions", given)

    def __call__(self, method: str, path: str, document: object = None, **headers: str) -> Response:
        kind = {
            **JSON,
            "Content-Type": "application/json",
            "Authorization": f"Bearer {self._token}",
        }
        content = b"" if document is None else json.dumps(document).encode()
        return self._engine.handle(Request(method, URL + path, {**kind, **headers}, content))


@pytest.fixture
def ordinary(engine: Engine) -> Ordinary:
    return Ordinary(engine)


def test_a_user_without_any_permission_cannot_log_in(ordinary: Ordinary) -> None:
    response = ordinary("GET", "/vms")
    assert (response.status, response.headers["www-authenticate"]) == (401, 'Basic realm="RESTAPI"')


def test_a_user_sees_and_uses_what_he_has_a_permission_on(ordinary: Ordinary) -> None:
    own, other = (ordinary.admin.path("/vms", name) for name in ("web-03", "web-01"))
    ordinary.may("UserRole", own)
    listed = json.loads(ordinary("GET", "/vms").content)["vm"]
    assert [vm["name"] for vm in listed] == ["web-03"]
    assert ordinary("GET", own).status == 200
    assert ordinary("POST", f"{own}/stop", {}).status == 200
    assert ordinary("PUT", own, {"description": "x"}).status == 403
    assert ordinary("GET", other).status == ordinary("DELETE", other).status == 404
    assert ordinary("POST", f"{other}/start", {}).status == 403
    assert ordinary("POST", "/tags", {"name": "t"}).status == 403
    assert ordinary("GET", "/hosts").status == 200


def test_a_user_who_insists_on_everything_is_refused(ordinary: Ordinary) -> None:
    ordinary.may("UserRole", ordinary.admin.path("/vms", "web-03"))
    assert ordinary("GET", "/vms", Filter="false").status == 400
    assert ordinary("GET", "/macpools").status == 400
    assert ordinary("GET", "/vms", Filter="nonsense").status == 200


def test_who_may_make_machines_owns_those_he_makes(ordinary: Ordinary) -> None:
    ordinary.may("PowerUserRole", ordinary.admin.path("/datacenters", "Default"))
    assert json.loads(ordinary("GET", "/vms").content) == {}
    new = {"name": "own", "cluster": {"name": "Default"}, "template": {"name": "Blank"}}
    assert ordinary("POST", "/vms", new).status == 201
    assert [vm["name"] for vm in json.loads(ordinary("GET", "/vms").content)["vm"]] == ["own"]


@pytest.mark.parametrize(("wish", "count"), [("true", 0), ("", 0), ("false", 12), ("x", 12)])
def test_an_administrator_may_wish_for_what_is_his_alone(
    wish: str, count: int, engine: Engine
) -> None:
    response = Asker(engine).send("GET", "/vms", headers={"Filter": wish})
    assert len(json.loads(response.content).get("vm", [])) == count


def test_what_was_granted_of_a_thing_ends_with_it(ask: Asker) -> None:
    vm = ask.path("/vms", "web-03")
    (role,) = [one for one in ask.get("/roles")["role"] if one["name"] == "UserRole"]
    (user,) = [one for one in ask.get("/users")["user"] if one["user_name"].startswith("alice")]
    wanted = {"role": {"id": role["id"]}, "user": {"id": user["id"]}}
    granted = ask.add(f"{vm}/permissions", wanted)["id"]
    assert ask("GET", f"/permissions/{granted}")[0] == 200
    ask("DELETE", vm)
    assert ask("GET", f"/permissions/{granted}")[0] == 404
