"""What the JSON interface says of itself, as OpenAPI."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mapview.programs.asking import Operation, Parameter

__all__ = ["INTERFACE_VERSION", "openapi_document"]

INTERFACE_VERSION = "1.0.0"
"""Another first number means that an answer no longer says what it said."""

_ABOUT = (
    "Documented incidents and base areas as claims of their sources. Counts have bounds, certain "
    "and possible; tolls are ranges that keep who gives which figure. Answers carry data_version: "
    "given back as v, other data answer 409. as_known_on stands in answers from the data of a day "
    "before, and as_pushed_at where these are known only as far as they were pushed by then."
)
_SENTENCE = {
    "type": "object",
    "required": ["error"],
    "properties": {"error": {"type": "string"}},
}
_ANSWER = {
    "type": "object",
    "required": ["data_version"],
    "properties": {
        "data_version": {"type": "string"},
        "as_known_on": {"type": "string", "format": "date"},
        "as_pushed_at": {"type": "string", "format": "date-time"},
    },
}
_VERSION = Parameter("v", "data_version that other answers came from; other data answer 409")


def openapi_document(
    root: str, operations: Iterable[Operation], credit: str = ""
) -> dict[str, Any]:
    """Return all addresses and parameters as an OpenAPI 3.1 document.

    Args:
        root: Address of the interface.
        operations: What can be asked.
        credit: Who is credited for the records; empty for nobody.
    """
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Mapview: documented incidents",
            "version": INTERFACE_VERSION,
            "description": " ".join(filter(None, (_ABOUT, credit))),
        },
        "servers": [{"url": root}],
        "paths": {one.path: {"get": _described(one)} for one in operations},
    }


def _described(operation: Operation) -> dict[str, Any]:
    parameters = [_parameter(one, operation.path) for one in (*operation.parameters, _VERSION)]
    answers = {
        "200": ("the answer", _ANSWER),
        "404": ("nothing has that id", _SENTENCE),
        "409": ("the data are others than those of v", _SENTENCE),
        "422": ("a sentence that says what must hold, and what came", _SENTENCE),
    }
    return {
        "operationId": operation.name,
        "summary": operation.about,
        "parameters": parameters,
        "responses": {
            code: {"description": about, "content": {"application/json": {"schema": schema}}}
            for code, (about, schema) in answers.items()
            if code != "404" or "{" in operation.path
        },
    }


def _parameter(one: Parameter, path: str) -> dict[str, Any]:
    is_in_path = f"{{{one.name}}}" in path
    found = {
        "name": one.name,
        "in": "path" if is_in_path else "query",
        "required": one.is_required,
        "description": one.about,
        "schema": dict(one.schema),
    }
    return {**found, "style": "form", "explode": True} if one.is_many else found
