"""The checks before every request: of where it comes from, and of the room that there is for it."""

from hmac import compare_digest
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from moregrad.web.limits import Limits
from moregrad.web.problems import RequestError, tell
from moregrad.web.workers import busy

LOCAL = "localhost"
SECURITY = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""Headers of every answer: nothing is loaded from elsewhere, and no other page shows or reads it."""

GUARDED = "/api/"
"""The beginning of the paths of data; the page and the description of the interface hold none."""


def is_loopback(host: str) -> bool:
    """Tells whether only this machine reaches `host`."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == LOCAL


class Guard:
    """Refuses requests of other sites, those without the token, and those too many.

    Without a `token` only names of this machine are taken as a host, since any site can have a name of its own that
    leads here (DNS rebinding).
    """

    def __init__(self, app: ASGIApp, token: str | None, limits: Limits) -> None:
        self._app, self._token, self._most = app, token, limits.requests
        self._under_way = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on, or answers why it is refused."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        secure = _securing(send)
        try:
            self._check(Headers(scope=scope), str(scope["path"]).removeprefix(scope.get("root_path", "")))
        except RequestError as error:
            await tell(error)(scope, receive, secure)
            return
        self._under_way += 1
        try:
            await self._app(scope, receive, secure)
        finally:
            self._under_way -= 1

    def _check(self, headers: Headers, path: str) -> None:
        host = headers.get("host", "")
        if not self._token and not is_loopback(_name(host)):
            raise RequestError(f"the host {host[:60]!r} is not this machine; ask for {LOCAL}", 403)
        if path.startswith(GUARDED):
            _check_origin(headers, host)
            self._check_token(headers.get("authorization", ""))
        if self._under_way >= self._most:
            raise busy()

    def _check_token(self, given: str) -> None:
        if self._token and not compare_digest(given.encode(), f"Bearer {self._token}".encode()):
            raise RequestError(
                "the token is missing or wrong; send 'Authorization: Bearer TOKEN' with that of `moregrad play`", 401
            )


def _check_origin(headers: Headers, host: str) -> None:
    origin = headers.get("origin")
    if origin is not None and urlsplit(origin).netloc.lower() != host.lower():
        raise RequestError(f"requests of other sites, such as {origin[:60]!r}, are refused", 403)
    if headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
        raise RequestError("requests of other sites are refused", 403)


def _name(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _securing(send: Send) -> Send:
    async def secure(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in SECURITY.items():
                headers.setdefault(name, value)
        await send(message)

    return secure
