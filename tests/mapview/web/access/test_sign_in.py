"""The real server and a service that knows people, both on loopback."""

import hashlib
from urllib.parse import urlsplit

import httpx
import pytest
from known_people import People
from route_answers import ADDRESSES
from starlette.routing import WebSocketRoute
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from geodata.errors import SettingError
from mapview.settings import Settings
from mapview.web.access import check_access
from mapview.web.server import ROUTES

READER, EDITOR = "ben@example.org", "ann@example.org"
TOKEN = "long and random"  # noqa: S105
OURS = f"""readers = ["*@example.org"]
editors = ["{EDITOR}"]
tokens.qgis = {{ sha256 = "{hashlib.sha256(TOKEN.encode()).hexdigest()}" }}
tokens.mill = {{ sha256 = "{hashlib.sha256(TOKEN[::-1].encode()).hexdigest()}", role = "editor" }}
"""
PAGE = {"Accept": "text/html"}
FILE = {"Content-Type": "application/octet-stream"}


@pytest.fixture(scope="module")
def people():
    with People().serving() as one:
        yield one


@pytest.fixture(scope="module")
def server(people, tmp_path_factory):
    with people.guarding(tmp_path_factory.mktemp("served"), OURS, "--metrics") as one:
        yield one


@pytest.fixture
def client(server):
    with httpx.Client(base_url=server.url, follow_redirects=True, timeout=60) as one:
        yield one


@pytest.fixture
def signed_in(client, people):
    def sign_in(email, path="/", **told):
        people.become(email, **told)
        return client.get(path, headers=PAGE)

    return sign_in


def token(text=TOKEN):
    return {"Authorization": f"Bearer {text}"}


def every_address():
    exports = {one.path for one in ROUTES} - set(ADDRESSES)
    rooms = ["/", "/about", "/data", "/groups", "/assets/mapview.js", "/static/js/none.js"]
    streamlit = ["/_stcore/host-config", "/_stcore/allowed-message-origins", "/media/none.png"]
    plain = [path for path in exports if "{" not in path]
    return sorted({*ADDRESSES.values(), *plain, *rooms, *streamlit} - {"/healthz"})


@pytest.mark.parametrize("headers", [{}, {"Cookie": "_streamlit_user=made-up"}, token("guessed")])
def test_no_route_answers_to_who_has_not_signed_in(client, headers):
    answers = {path: client.get(path, headers=headers) for path in every_address()}
    assert {path for path, one in answers.items() if one.status_code != 401} == set()
    assert {one.text for one in answers.values()} == {
        '{"error":"whoever asks must be signed in or show a token, got neither"}'
    }


def test_no_other_method_does(client):
    for method in ("HEAD", "POST", "PUT", "DELETE", "OPTIONS"):
        for path in ("/api/data/file?name=a.csv", "/_stcore/upload_file/a/b", "/api/stage"):
            assert client.request(method, path).status_code == 401, (method, path)


def test_no_socket_opens(server):
    address = f"ws://localhost:{server.port}/_stcore/stream"
    with pytest.raises((InvalidStatus, ConnectionClosed)), connect(address) as socket:
        socket.recv()
    with connect(address, additional_headers=token(), subprotocols=["streamlit"]) as socket:
        assert socket.protocol.state.name == "OPEN"


def test_where_one_signs_in_is_only_read(client):
    for path in ("/auth/login", "/auth/logout", "/oauth2callback", "/healthz", "/_stcore/health"):
        assert client.post(path).status_code == 401, path


def test_a_proxy_may_ask_whether_it_lives(client):
    assert client.get("/healthz").json()["status"] == "ok"


def test_who_signs_in_comes_to_the_address_asked_for(client, signed_in):
    answer = signed_in(READER, "/?from=2019&q=%D0%9A%D1%83%D0%BB%D0%BE%D0%B1")
    assert answer.status_code == 200
    assert "<title>" in answer.text
    assert answer.url.query == b"from=2019&q=%D0%9A%D1%83%D0%BB%D0%BE%D0%B1"
    assert client.get("/api/stage").status_code == 200
    assert "mapview_asked" not in client.cookies


def test_an_address_in_other_letters_is_led_back_to(signed_in):
    answer = signed_in(READER, "/%D0%9A%3F?q=a%2Fb")
    assert (answer.status_code, answer.url.raw_path) == (200, b"/%D0%9A%3F?q=a%2Fb")


@pytest.mark.parametrize(
    "asked", ["/\u041a", "//other.net/", "/\\other.net", "https://other.net/", "/a\nb"]
)
def test_no_cookie_leads_to_another_server(client, signed_in, people, asked, monkeypatch):
    people.become(READER)
    client.follow_redirects = False
    answer = client.get("/", headers=PAGE)
    while urlsplit(answer.headers["location"]).path != "/oauth2callback":
        answer = client.get(answer.headers["location"])
    back = answer.headers["location"]
    client.cookies.delete("mapview_asked")
    client.cookies.set("mapview_asked", httpx.URL("/", params={"a": asked}).query.decode()[2:])
    assert client.get(back).headers["location"] == "/"


@pytest.mark.parametrize(
    ("email", "told", "said"),
    [
        ("eve@other.net", {}, "neither a reader"),
        (EDITOR, {"verified": False}, "does not call this address verified"),
        ("<script>alert(1)</script>@other.net", {}, "&lt;script&gt;"),
    ],
)
def test_who_may_not_see_it_is_told_why(client, signed_in, email, told, said):
    answer = signed_in(email, **told)
    assert answer.status_code == 403
    assert said in answer.text
    assert "<script>" not in answer.text
    assert "auth/logout" in answer.text
    assert client.get("/api/stage").status_code == 403


def test_who_would_not_sign_in_is_not_led_in_a_circle(client, people):
    people.error = "access_denied"
    answer = client.get("/", headers=PAGE)
    assert (answer.status_code, "Try again" in answer.text) == (403, True)
    assert len(answer.history) == 3


def test_who_signs_out_is_out(client, signed_in):
    signed_in(READER)
    answer = client.get("/auth/logout")
    assert (answer.url.path, "You are signed out." in answer.text) == ("/auth/signed-out", True)
    assert client.get("/api/stage").status_code == 401


def test_a_frame_is_not_led_away(client):
    answer = client.get("/embed", headers={**PAGE, "Sec-Fetch-Dest": "iframe"})
    assert (answer.status_code, answer.history) == (401, [])


def test_editors_hand_in_files_and_readers_do_not(client, signed_in):
    ours = {"url": "/api/data/file?name=a.csv", "content": b"a;b\n1;2\n", "headers": FILE}
    signed_in(READER)
    answer = client.post(**ours)
    assert answer.status_code == 403
    assert "an editor must be signed in" in answer.json()["error"]
    assert "got a reader" in answer.json()["error"]
    signed_in(EDITOR, "/auth/logout")
    signed_in(EDITOR)
    assert client.post(**ours).status_code == 201


def test_programs_show_a_token(client):
    for path in ("/api/v1/counts?by=type", "/ogc", "/metrics"):
        assert client.get(path, headers=token()).status_code == 200
    ours = {"url": "/api/data/file?name=a.csv", "content": b"a;b\n1;2\n"}
    assert client.post(**ours, headers={**FILE, **token()}).status_code == 403
    assert client.post(**ours, headers={**FILE, **token(TOKEN[::-1])}).status_code == 201


def test_nothing_is_kept_for_others(client):
    for path in ("/assets/mapview.js", "/api/stage", "/embed"):
        headers = client.get(path, headers=token()).headers
        assert "public" not in headers.get("cache-control", "")
        assert "Cookie" in headers["vary"]


def test_a_server_that_nobody_could_sign_in_to_does_not_start(people, tmp_path, monkeypatch):
    monkeypatch.setenv("MAPVIEW_SIGN_IN", str(people.file(tmp_path, 80, OURS)))
    check_access()
    monkeypatch.setattr("mapview.web.access.sign_in.find_spec", lambda _: None)
    with pytest.raises(SettingError, match=r"got none; pip install 'mapview-incidents\[sign-in\]'"):
        check_access()


def test_a_server_of_embedded_maps_alone_has_nowhere_to_sign_in():
    with pytest.raises(SettingError, match="--embed-only must come without --sign-in, got both"):
        Settings(is_public=True, is_embed_only=True, sign_in="sign-in.toml")


def test_pages_from_another_site_are_refused_before_anything_else(client, signed_in):
    signed_in(EDITOR)
    foreign = {"Origin": "https://other.net", **FILE}
    answer = client.post("/api/data/file?name=a.csv", content=b"a", headers=foreign)
    assert answer.status_code == 403
    assert "got a page of another site" in answer.json()["error"]
    assert not any(isinstance(one, WebSocketRoute) for one in ROUTES)
