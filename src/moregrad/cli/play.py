"""`moregrad play`."""

import sys
import webbrowser
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

from annotated_types import Ge, Le
from cyclopts import Parameter

from moregrad.cli.interruption import Interruption
from moregrad.cli.options import Flag, Json, ListName, Number, Text
from moregrad.cli.screen import print_json, say
from moregrad.errors import DataError, MoregradError

WHAT = "Folders of runs; or one list to train on: its name, a file or a URL. By default the runs in runs/."
HOST = "The address to listen at; elsewhere than on this machine a token is needed."
PORT = "The port; 0 is any free one. By default the first free one from 8765 on."
Port = Annotated[int | None, Number(PORT, Ge(0), Le(65535))]


def play(
    *runs: Annotated[ListName, Parameter(help=WHAT)],
    host: Annotated[Text, Parameter(help=HOST)] = "127.0.0.1",
    port: Port = None,
    token: Annotated[Text | None, Parameter(help="A secret that requests must bear; made if one is needed.")] = None,
    no_browser: Annotated[bool, Flag("Do not open the page.")] = False,
    json: Json = False,
) -> int:
    """Open the playground in the browser: runs to try and compare, trainings to watch, and single numbers.

    It is a server on this machine, and the JSON interface beneath it, described
    at /openapi.json, serves other programs as well. Ctrl-C stops it when
    everything under way is answered.
    """
    folders, lists = _find(runs)
    web = _import()
    server = web.Server(web.Playground(folders, lists), host=host, port=port, token=token)
    if json:
        print_json({"url": server.url, "port": server.port, "token": server.token})
        sys.stdout.flush()
    say(f"moregrad is at {server.url} (Ctrl-C stops it)")
    if not no_browser:
        webbrowser.open(server.url)
    with Interruption(server.stop, "when what is under way is answered, and a training is evaluated"):
        server.run()
    return 0


def _find(given: Sequence[str]) -> tuple[list[Path], dict[str, str]]:
    """Returns the folders of runs, and the list by name, that were given."""
    from moregrad.data.sources import is_named
    from moregrad.runs.folder import RUNS
    from moregrad.runs.storage import find_runs, holds_run

    if not given:
        return find_runs(RUNS), {}
    folders = [Path(each) for each in given]
    if len(given) == 1 and not holds_run(folders[0]):
        if not is_named(given[0]) and not folders[0].exists():
            raise DataError(f"there is nothing at {given[0]}; give the folder of a run, a list, or nothing at all")
        return [], {folders[0].name: given[0]}
    return folders, {}


def _import() -> Any:
    """Returns the room of the playground by name: it stands beside the command line, and needs packages of an extra."""
    try:
        import_module("uvicorn")
        import_module("starlette")
    except ImportError as error:
        raise MoregradError("play needs starlette and uvicorn: pip install 'moregrad[web]'") from error
    return import_module("moregrad.web")
