"""Bodies of requests: read within limits of size and time, and checked by the form that a route has."""

import asyncio
from typing import Any

import msgspec
from starlette.requests import ClientDisconnect, Request

from moregrad.configuration import Configuration
from moregrad.web.problems import JSON, RequestError
from moregrad.web.routes import Route

PATIENCE = 20.0
"""Seconds in which a body must arrive."""


async def read_body(request: Request, most: int) -> bytes:
    """Returns the body; raises RequestError if it has more than `most` bytes or comes too slowly."""
    try:
        return await asyncio.wait_for(_read(request, most), PATIENCE)
    except TimeoutError:
        raise RequestError(f"the request did not arrive within {PATIENCE:g} seconds", 408) from None
    except ClientDisconnect:
        raise RequestError("the request was broken off", 400) from None


async def _read(request: Request, most: int) -> bytes:
    declared = request.headers.get("content-length", "0")
    body = bytearray()
    if declared.isdecimal() and int(declared) > most:
        raise _too_large(most)
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise _too_large(most)
    return bytes(body)


def _too_large(most: int) -> RequestError:
    return RequestError(f"the request is larger than {most:,} bytes; send less at once", 413)


def check_media(request: Request, route: Route) -> None:
    """Raises RequestError for JSON that is not called so, as from a form of another page."""
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if route.body is not bytes and given != JSON:
        raise RequestError(f"the body is called {given[:60]!r}; send JSON, called {JSON}", 415)


def check_body(body: bytes, kind: Any) -> Any:
    """Returns what `body` asks, as a form or a configuration of type `kind`.

    Raises RequestError for what is no JSON or of another form, ConfigurationError for a setting that does not exist or
    holds a value that is not allowed.
    """
    if kind is bytes:
        return body
    try:
        if issubclass(kind, Configuration):
            settings = msgspec.json.decode(body or b"{}", type=dict[str, bool | int | float | str | None])
            return kind().replace(**settings)
        return msgspec.json.decode(body or b"{}", type=kind)
    except msgspec.MsgspecError as error:
        raise RequestError(f"the request is not of the form that /openapi.json describes: {error}", 400) from error
    except (RecursionError, UnicodeError) as error:
        raise RequestError(f"the request is no JSON that can be read: {error}", 400) from error
