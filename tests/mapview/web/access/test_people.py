import hashlib
import json

import pytest

from geodata.errors import SettingError
from mapview.web.access import Person, Role, read_access

AUTH = {
    "redirect_uri": "https://maps.example.org/map/oauth2callback",
    "cookie_secret": "a secret of more than thirty-two letters",
    "client_id": "maps",
    "client_secret": "hush",
    "server_metadata_url": "https://id.example.org/.well-known/openid-configuration",
}
OURS = 'readers = ["*@Example.org", "guest@other.net"]\neditors = ["Ann@example.org"]'


def written(folder, *, ours=OURS, **auth):
    path = folder / "sign-in.toml"
    lines = [f"{key} = {json.dumps(value)}" for key, value in {**AUTH, **auth}.items()]
    path.write_text("\n".join(["[auth]", *lines, "[mapview]", ours]), "utf-8")
    return str(path)


def claims(email="ann@example.org", **others):
    told = {"email": email, "email_verified": True, "is_logged_in": True}
    return {**told, "origin": "https://maps.example.org", **others}


@pytest.mark.parametrize(
    ("email", "role"),
    [
        ("ann@example.org", Role.EDITOR),
        ("ANN@EXAMPLE.ORG", Role.EDITOR),
        ("ben@example.org", Role.READER),
        ("guest@other.net", Role.READER),
        ("gue\u017ft@other.net", None),
        ("\u0416@EXAMPLE.org", Role.READER),
        ("ben@other.net", None),
        ("ben@mail.example.org", None),
        ("ben@notexample.org", None),
        ("ben@other.net@example.org.evil", None),
        ("*@example.org", Role.READER),
        ("example.org", None),
    ],
)
def test_a_role_follows_from_the_address(tmp_path, email, role):
    assert read_access(written(tmp_path)).of_claims(claims(email)).role is role


@pytest.mark.parametrize("verified", [False, None, "true", 1])
def test_only_a_verified_address_counts(tmp_path, verified):
    access = read_access(written(tmp_path))
    person = access.of_claims(claims(email_verified=verified))
    assert (person.role, person.why_not) == (
        None,
        "the service does not call this address verified",
    )
    trusting = read_access(written(tmp_path, ours=f"{OURS}\ntrust_unverified_addresses = true"))
    assert trusting.of_claims(claims(email_verified=verified)).role is Role.EDITOR


@pytest.mark.parametrize(
    "others", [{"origin": "https://other.net"}, {"is_logged_in": False}, {"is_logged_in": 1}]
)
def test_what_was_signed_for_another_server_is_nobody(tmp_path, others):
    assert read_access(written(tmp_path)).of_claims(claims(**others)) is None


@pytest.mark.parametrize("email", [None, "", 7, ["ann@example.org"]])
def test_who_has_no_address_may_nothing(tmp_path, email):
    assert read_access(written(tmp_path)).of_claims(claims(email)).role is None


@pytest.mark.parametrize("value", [None, b"", b"no JSON", b"[]", b"null"])
def test_a_cookie_that_says_nothing_is_nobody(tmp_path, value):
    assert read_access(written(tmp_path)).of_cookie(value) is None


def test_a_program_is_known_by_its_token(tmp_path):
    digest = hashlib.sha256(b"long and random").hexdigest()
    ours = f'[mapview.tokens]\nqgis = {{ sha256 = "{digest}" }}'
    access = read_access(written(tmp_path, ours=ours))
    assert access.of_token("long and random") == Person("qgis", Role.READER)
    assert access.of_token("") is access.of_token(digest) is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"client_secret": ""}, "must have client_secret as text"),
        ({"cookie_secret": "short"}, "at least 32 characters, got 5"),
        ({"redirect_uri": "https://maps.example.org/"}, "such as https://maps.example.org/oauth2"),
        ({"redirect_uri": "maps.example.org/oauth2callback"}, "redirect_uri of"),
        ({"ours": ""}, "must name readers or editors, got nobody"),
        ({"ours": 'readers = "*@example.org"'}, "must be a list"),
        ({"ours": 'readers = ["*"]'}, "such as ann@example.org"),
        ({"ours": 'readers = ["*@*"]'}, "such as ann@example.org"),
        ({"ours": 'reader = ["a@b.org"]'}, "only, got 'reader'"),
        ({"ours": f"{OURS}\ntrust_unverified_addresses = 1"}, "must be true or false"),
        ({"ours": 'tokens.a = { sha256 = "abc" }'}, "64 small hexadecimal digits"),
        ({"ours": "readers = ["}, "must be TOML"),
    ],
)
def test_a_file_that_cannot_be_meant_is_refused(tmp_path, change, said):
    with pytest.raises(SettingError, match=said) as error:
        read_access(written(tmp_path, **change))
    assert "hush" not in str(error.value)
