"""Errors as answers: a status and JSON with the text that Python and the command line show."""

from typing import Any

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from moregrad.errors import MoregradError

JSON = "application/json"
UNUSABLE = 422
"""The status of a request that is understood and cannot be met, such as a word outside the vocabulary."""

FAULT = "this is a fault of moregrad, told in full where it was started; please report it"


class RequestError(MoregradError):
    """A request that is refused before anything is computed; `status` is that of HTTP."""

    def __init__(self, message: str, status: int) -> None:
        super().__init__(message)
        self.status = status


class Problem(msgspec.Struct, omit_defaults=True):
    """An error: its class in moregrad.errors, its text, and the setting that it concerns, if it does."""

    kind: str
    message: str
    setting: str = ""


class Failure(msgspec.Struct):
    """The answer to a request that cannot be met."""

    error: Problem


def tell(error: Exception) -> Response:
    """Returns the answer that tells of `error`."""
    status = error.status if isinstance(error, RequestError) else UNUSABLE
    problem = Problem(type(error).__name__, str(error), getattr(error, "setting", ""))
    return _answer(problem, status)


async def tell_moregrad(request: Request, error: Exception) -> Response:
    """Answers with an error that was raised on purpose."""
    return tell(error)


async def tell_http(request: Request, error: Any) -> Response:
    """Answers a request for what does not exist; raised by the router."""
    assert isinstance(error, HTTPException)
    path = request.url.path[:80]
    text = {
        404: f"there is nothing at {path!r}; /openapi.json lists what there is",
        405: f"{request.method} is not for {path!r}; /openapi.json lists what is",
    }
    problem = Problem("RequestError", text.get(error.status_code, error.detail))
    return _answer(problem, error.status_code, dict(error.headers or {}))


async def tell_fault(request: Request, error: Exception) -> Response:
    """Answers after an error that nobody meant; the server shows its traceback."""
    return _answer(Problem(type(error).__name__, FAULT), 500)


def _answer(problem: Problem, status: int, headers: dict[str, str] | None = None) -> Response:
    retry = {"Retry-After": "1"} if status == 503 else {}
    return Response(msgspec.json.encode(Failure(problem)), status, {**(headers or {}), **retry}, JSON)
