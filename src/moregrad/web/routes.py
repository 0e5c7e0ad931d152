"""The table of routes: requests are checked by it, and OpenAPI is written from it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, get_type_hints

from moregrad.web import asking, managing, numbers
from moregrad.web.limits import Limits

API = "/api"
STREAM = "text/event-stream"
FILE = "application/octet-stream"


@dataclass(frozen=True)
class Route:
    """A method and a path, and the function that answers.

    The function takes the playground, what is `asked` if there is a body, and the parameters of the path and the query
    by name. What it returns is the answer.
    """

    method: Literal["GET", "POST"]
    path: str
    answer: Callable[..., Any]
    status: int = 200
    limit: Literal["body", "upload"] = "body"

    @property
    def name(self) -> str:
        """The name of the operation."""
        return self.answer.__name__

    @property
    def summary(self) -> str:
        """One line on what it does."""
        return (self.answer.__doc__ or "").strip().splitlines()[0]

    @property
    def body(self) -> Any:
        """The type of what is asked: a form, a configuration, bytes, or None if there is no body."""
        return get_type_hints(self.answer).get("asked")

    @property
    def form(self) -> Any:
        """The type of the answer."""
        return get_type_hints(self.answer)["return"]

    @property
    def parameters(self) -> list[str]:
        """The parameters in the path."""
        return [part[1:-1] for part in self.path.split("/") if part.startswith("{")]

    @property
    def query(self) -> dict[str, Any]:
        """The parameters behind the path, with their types."""
        others = {"playground", "asked", "return", *self.parameters}
        return {name: kind for name, kind in get_type_hints(self.answer).items() if name not in others}

    def most(self, limits: Limits) -> int:
        """Returns the most bytes of a body."""
        return getattr(limits, self.limit)


ROUTES = (
    Route("GET", "/api/runs", managing.list_runs),
    Route("POST", "/api/runs", managing.train, 201),
    Route("GET", "/api/runs/{run}", managing.show_run),
    Route("POST", "/api/runs/{run}/sample", asking.sample),
    Route("POST", "/api/runs/{run}/score", asking.score),
    Route("POST", "/api/runs/{run}/probabilities", asking.probabilities),
    Route("POST", "/api/runs/{run}/explain", asking.explain),
    Route("POST", "/api/runs/{run}/evaluate", asking.evaluate),
    Route("GET", "/api/runs/{run}/map", asking.place),
    Route("GET", "/api/runs/{run}/facts", asking.show),
    Route("GET", "/api/runs/{run}/events", managing.follow),
    Route("POST", "/api/runs/{run}/stop", managing.stop),
    Route("POST", "/api/runs/{run}/resume", managing.resume),
    Route("GET", "/api/models", managing.list_models),
    Route("GET", "/api/lists", managing.list_lists),
    Route("POST", "/api/lists", managing.upload, 201, "upload"),
    Route("POST", "/api/reports", managing.report),
    Route("POST", "/api/graph", numbers.graph),
    Route("POST", "/api/moons", numbers.train_moons),
)
