"""A server of the playground that is stopped without losing an answer."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from secrets import token_urlsafe
from urllib.parse import quote

import uvicorn

from moregrad.errors import ConfigurationError
from moregrad.web.application import application
from moregrad.web.guard import is_loopback
from moregrad.web.playground import Playground

HOST, PORT = "127.0.0.1", 8765
FURTHER = 20
"""Ports behind the first one that are tried if none was asked for."""
BACKLOG = 1024
"""Connections that wait to be taken."""
GRACE = 0.25
"""Seconds in which connections that wait for nothing may still ask; they are told to close."""
LONGEST = 120
"""Seconds for which answers under way are waited for at the end."""


class Server:
    """A server of `playground`, bound to `host` and `port` once it is made.

    Elsewhere than on loopback a token is needed and is made if none is given. Port 0 is any free one; without a port
    it is the first free one from 8765 on. Raises ConfigurationError if it cannot be bound.
    """

    def __init__(
        self, playground: Playground, *, host: str = HOST, port: int | None = None, token: str | None = None
    ) -> None:
        self.token = token or (None if is_loopback(host) else token_urlsafe())
        self._socket = _bind(host, port)
        self.host, self.port = host, int(self._socket.getsockname()[1])
        app = application(playground, token=self.token)
        config = uvicorn.Config(
            app, backlog=BACKLOG, log_level="warning", access_log=False, server_header=False, proxy_headers=False
        )
        config.timeout_graceful_shutdown = LONGEST
        self._server = _Graceful(config, playground)

    @property
    def url(self) -> str:
        """The address to open, with the token behind a # sign, which browsers keep to themselves."""
        name = {"0.0.0.0": socket.gethostname(), "::": socket.gethostname()}.get(self.host, self.host)
        shown = f"[{name}]" if ":" in name else name
        return f"http://{shown}:{self.port}/" + (f"#token={quote(self.token)}" if self.token else "")

    def run(self) -> None:
        """Answers requests until `stop` is called."""
        self._server.run(sockets=[self._socket])

    def stop(self) -> None:
        """Ends `run` when everything under way is answered; may be called from another thread or a signal handler."""
        self._server.should_exit = True


class _Graceful(uvicorn.Server):
    """The server of uvicorn, which leaves signals to its caller and ends trainings before it waits for answers."""

    def __init__(self, config: uvicorn.Config, playground: Playground) -> None:
        super().__init__(config)
        self._playground = playground

    @contextmanager
    def capture_signals(self) -> Iterator[None]:  # pyright: ignore[reportIncompatibleMethodOverride]
        yield

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._playground.close()
        for server in self.servers:
            server.close()
        await asyncio.sleep(GRACE)
        await super().shutdown(sockets)


def _bind(host: str, port: int | None) -> socket.socket:
    ports = range(PORT, PORT + FURTHER) if port is None else (port,)
    reason: object = ""
    for each in ports:
        try:
            family, *_, address = socket.getaddrinfo(host, each, type=socket.SOCK_STREAM)[0]
            # From now on who asks waits for the server, such as a browser that is opened at once.
            return socket.create_server(address[:2], family=family, backlog=BACKLOG)  # pyright: ignore[reportArgumentType]
        except (OSError, OverflowError, UnicodeError) as error:
            reason = getattr(error, "strerror", None) or error
    raise ConfigurationError(f"cannot listen at {host} port {ports[0]}: {reason}; give another --host or --port")
