"""The description of the interface: all of it is there, and what is answered keeps to it."""

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from moregrad.web.openapi import describe
from moregrad.web.routes import ROUTES
from web.client import Client

ASKED = {
    "list_runs": ("/api/runs", None),
    "show_run": ("/api/runs/small", None),
    "sample": ("/api/runs/small/sample", {"count": 3}),
    "score": ("/api/runs/small/score", {"words": ["ada", "Q"]}),
    "probabilities": ("/api/runs/small/probabilities", {}),
    "explain": ("/api/runs/small/explain", {"word": "ada"}),
    "evaluate": ("/api/runs/small/evaluate", {"words": ["ada"]}),
    "place": ("/api/runs/small/map", None),
    "show": ("/api/runs/small/facts", None),
    "list_models": ("/api/models", None),
    "list_lists": ("/api/lists", None),
    "report": ("/api/reports", {"source": "first-names"}),
}


@pytest.fixture(scope="module")
def description(client: Client) -> dict[str, Any]:
    """The description as it is served."""
    return client.get("/openapi.json").json


def validator(description: dict[str, Any], schema: dict[str, Any]) -> Draft202012Validator:
    resource = Resource(description, DRAFT202012)
    whole = {**schema, "$ref": f"urn:it{schema['$ref']}"}
    return Draft202012Validator(whole, registry=Registry().with_resource("urn:it", resource))


def test_every_route_is_described_with_its_parameters_and_errors(description: dict[str, Any]):
    assert description == describe()
    for route in ROUTES:
        operation = description["paths"][route.path][route.method.lower()]
        assert operation["summary"].endswith(".")
        assert {each["name"] for each in operation["parameters"]} == {*route.parameters, *route.query}
        assert "422" in operation["responses"]
        assert ("requestBody" in operation) == (route.body is not None)
    names = [route.name for route in ROUTES]
    assert len(names) == len(set(names))


def test_everything_that_is_referred_to_is_there(description: dict[str, Any]):
    def references(node: Any) -> list[str]:
        if isinstance(node, dict):
            own = [node["$ref"]] if "$ref" in node else []
            return own + [each for value in node.values() for each in references(value)]
        return [each for value in node for each in references(value)] if isinstance(node, list) else []

    schemas = description["components"]["schemas"]
    assert {each.rpartition("/")[2] for each in references(description)} <= set(schemas)
    for schema in schemas.values():
        Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("name", ASKED)
def test_answers_are_of_the_form_that_is_described(client: Client, description: dict[str, Any], name: str):
    path, asked = ASKED[name]
    answer = client.get(path) if asked is None else client.post(path, asked)
    method = "get" if asked is None else "post"
    route = next(route for route in ROUTES if route.name == name)
    content = description["paths"][route.path][method]["responses"]["200"]["content"]
    if name == "report":
        assert answer.status == 413  # The list is longer than this server takes.
        content = description["paths"][route.path][method]["responses"]["413"]["content"]
    validator(description, content["application/json"]["schema"]).validate(answer.json)
    if asked is not None:
        body = description["paths"][route.path][method]["requestBody"]["content"]["application/json"]
        validator(description, body["schema"]).validate(asked)


def test_the_documentation_names_every_request():
    text = (Path(__file__).parents[2] / "docs" / "serving.md").read_text("utf-8")
    assert [line.split("`")[1] for line in text.splitlines() if line.startswith("| `")] == [
        f"{route.method} {route.path}" for route in ROUTES
    ]
