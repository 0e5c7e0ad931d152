"""The JSON interface and the page as one ASGI application."""

import asyncio
import mimetypes
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from importlib.resources import files
from typing import Any

import msgspec
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Mount
from starlette.routing import Route as Path
from starlette.staticfiles import StaticFiles

from moregrad.errors import MoregradError
from moregrad.fork import check_process
from moregrad.web.guard import Guard
from moregrad.web.managing import as_stream, follow
from moregrad.web.openapi import describe
from moregrad.web.playground import Playground
from moregrad.web.problems import JSON, RequestError, tell_fault, tell_http, tell_moregrad
from moregrad.web.reading import check_body, check_media, read_body
from moregrad.web.routes import API, ROUTES, STREAM, Route
from moregrad.web.scoring import warm


def application(playground: Playground, *, token: str | None = None) -> Starlette:
    """Returns an ASGI application that answers for `playground`.

    With a `token` every request for data must bear it; without one only requests to names of this machine are answered.
    """
    check_process()
    description = msgspec.json.encode(describe())

    async def openapi(request: Request) -> Response:
        return Response(description, media_type=JSON)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        warming = asyncio.create_task(_warm(playground))
        yield
        playground.close()
        await warming
        await playground.join()

    return Starlette(
        routes=[
            Mount(API, routes=[_path(playground, route) for route in ROUTES]),
            Path("/openapi.json", openapi),
            *_pages(),
        ],
        middleware=[Middleware(Guard, token=token, limits=playground.limits)],
        exception_handlers={MoregradError: tell_moregrad, HTTPException: tell_http, Exception: tell_fault},
        lifespan=lifespan,
    )


def _pages() -> list[Mount]:
    """Returns the routes of the page: its own files, and the parts that it shares with exported pages."""
    # Where a system has another type for them, browsers refuse modules.
    mimetypes.add_type("text/javascript", ".js")
    folders = {"/parts": "moregrad.formats", "/": "moregrad.web"}
    return [Mount(path, StaticFiles(directory=str(files(room) / "page"), html=True)) for path, room in folders.items()]


async def _warm(playground: Playground) -> None:
    """Prepares the first run, so that no request waits for what its first score needs, if there is time for that."""
    for entry in list(playground.runs)[:1]:
        with suppress(RequestError):
            await playground.compute(warm, entry.run)


def _path(playground: Playground, route: Route) -> Path:
    async def answer(request: Request) -> Response:
        asked = {}
        if route.body is not None:
            check_media(request, route)
            body = await read_body(request, route.most(playground.limits))
            asked["asked"] = check_body(body, route.body)
        if route.answer is follow:
            return await _stream(playground, request)
        found = await route.answer(playground, **asked, **request.path_params, **_query(request, route))
        headers = {"Connection": "close"} if playground.closing else None
        return Response(msgspec.json.encode(found), route.status, headers, JSON)

    return Path(route.path.removeprefix(API), answer, methods=[route.method], name=route.name)


def _query(request: Request, route: Route) -> dict[str, Any]:
    found = {}
    for name, kind in route.query.items():
        if name not in request.query_params:
            raise RequestError(f"the parameter {name!r} is missing; /openapi.json describes it", 400)
        found[name] = msgspec.convert(request.query_params[name], kind, strict=False)
    return found


async def _stream(playground: Playground, request: Request) -> Response:
    """Answers with events from that after the one which the browser had last, as it tells when it comes again."""
    last = request.headers.get("last-event-id") or request.query_params.get("after", "0")
    if not (last.isascii() and last.isdecimal() and len(last) < 10):
        raise RequestError(f"the number of the last event is {last[:20]!r}; it must be a whole number", 400)
    events = await follow(playground, request.path_params["run"], int(last))

    async def chunks() -> AsyncIterator[bytes]:
        async for event in events:
            yield as_stream(event)

    return StreamingResponse(chunks(), media_type=STREAM)
