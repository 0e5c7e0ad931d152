"""The description of the JSON interface as OpenAPI 3.1 has it, written from the table of routes."""

from importlib.metadata import version
from typing import Any, get_origin

import msgspec

from moregrad.configuration import Configuration
from moregrad.web.problems import JSON, UNUSABLE, Failure
from moregrad.web.routes import FILE, ROUTES, STREAM, Route
from moregrad.web.training import Event

TEMPLATE = "#/components/schemas/{name}"
ERRORS = {
    400: "The request is no JSON, or not of the form that is described.",
    401: "The token is missing or wrong.",
    403: "The request comes from another site.",
    404: "There is no such run.",
    408: "The request did not arrive in time.",
    409: "The run is in training already, or it is not.",
    413: "More is asked for than is allowed.",
    415: "The body is of another type.",
    UNUSABLE: "What is asked cannot be done; the message says why, and what to do.",
    503: "Too much is under way; try again.",
    504: "The answer takes too long.",
}
OPTIONAL = ("after",)
INFO = {
    "title": "moregrad",
    "description": "Word lists learned by language models of characters: new words, scores, trainings. A nat is a unit "
    "of surprisal: minus the natural logarithm of a probability. Errors have the texts that Python shows.",
}


def describe() -> dict[str, Any]:
    """Returns the description."""
    structs = [each for route in ROUTES for each in (route.body, _form(route)) if _is_struct(each)]
    _, schemas = msgspec.json.schema_components([*structs, Failure], ref_template=TEMPLATE)
    paths: dict[str, Any] = {}
    for route in ROUTES:
        paths.setdefault(route.path, {})[route.method.lower()] = _describe(route)
    configurations = [route.body for route in ROUTES if _is_configuration(route.body)]
    schemas |= {each.__name__: each.json_schema() for each in configurations}
    return {
        "openapi": "3.1.0",
        "info": {**INFO, "version": version("moregrad")},
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{}, {"token": []}],
    }


def _describe(route: Route) -> dict[str, Any]:
    located = [("path", name, {"type": "string"}) for name in route.parameters]
    located += [("query", name, msgspec.json.schema(kind)) for name, kind in route.query.items()]
    described: dict[str, Any] = {
        "operationId": route.name,
        "summary": route.summary,
        "parameters": [
            {"name": name, "in": where, "required": name not in OPTIONAL, "schema": schema}
            for where, name, schema in located
        ],
        "responses": {
            str(route.status): {"description": "The answer.", "content": _content(_form(route))},
            **{str(status): {"description": text, "content": _content(Failure)} for status, text in ERRORS.items()},
        },
    }
    if route.body is not None:
        described["requestBody"] = {"required": True, "content": _content(route.body)}
    return described


def _form(route: Route) -> Any:
    return Event if get_origin(route.form) is not None else route.form


def _content(kind: Any) -> dict[str, Any]:
    if kind is bytes:
        return {FILE: {}}
    media = STREAM if kind is Event else JSON
    return {media: {"schema": {"$ref": TEMPLATE.format(name=kind.__name__)}}}


def _is_struct(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def _is_configuration(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Configuration)
