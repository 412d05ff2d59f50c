"""What the JSON interface says of itself."""

from __future__ import annotations

from jsonschema import Draft202012Validator

from mapview.programs import OPERATIONS, openapi_document

DOCUMENT = openapi_document("http://localhost/api/v1", OPERATIONS.values())


def test_every_question_has_its_address_and_all_its_parameters() -> None:
    by_id = {one["get"]["operationId"]: one["get"] for one in DOCUMENT["paths"].values()}
    assert by_id.keys() == OPERATIONS.keys()
    for name, operation in OPERATIONS.items():
        told = {one["name"]: one for one in by_id[name]["parameters"]}
        assert told.keys() == {*(one.name for one in operation.parameters), "v"}
        for one in told.values():
            Draft202012Validator.check_schema(one["schema"])
            assert one["description"]
            assert (one["in"] == "path") == (f"{{{one['name']}}}" in operation.path)
            assert one["in"] != "path" or one["required"]


def test_answers_say_which_data_gave_them() -> None:
    for one in DOCUMENT["paths"].values():
        answer = one["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        assert answer["required"] == ["data_version"]
