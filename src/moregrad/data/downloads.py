"""Downloads with limits of size and time, and addresses without their secrets."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit, urlunsplit

from moregrad.data.bounded import FILE
from moregrad.data.content import HTML
from moregrad.errors import SourceError

CONNECT_SECONDS, SILENT_SECONDS, TOTAL_SECONDS = 10, 30, 600
PIECE = 2**16
MALFORMED = "the address is malformed; give one such as https://example.org/words.txt, or a file"
ADVICE = "try later, or download it by hand and give the file"


def without_secrets(url: str) -> str:
    """Returns an address without its user, password, query and fragment, which may hold tokens.

    Raises SourceError for one that is no address of the web.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise SourceError(MALFORMED) from None
    if not host:
        raise SourceError(MALFORMED)
    if parts.scheme.lower() not in ("http", "https"):
        raise SourceError(f"{parts.scheme}://{host} is not downloaded, only http:// and https:// are; {ADVICE}")
    at = f"[{host}]" if ":" in host else host
    query = "…" if parts.query else ""
    return urlunsplit((parts.scheme, at if port is None else f"{at}:{port}", parts.path, query, ""))


def file_name(url: str) -> str:
    """Returns a name for the file at `url` that is short, plain, and ends as the address does."""
    endings = [ending for ending in Path(urlsplit(url).path).suffixes[-2:] if len(ending) <= 10]
    return "words" + "".join(endings or [".txt"])


def fetch(url: str, path: Path, *, checksum: str | None = None, most: int = FILE, advice: str = ADVICE) -> Path:
    """Downloads `url` to `path`, at most `most` bytes, in at most ten minutes.

    Nothing is left behind by a download that fails or is interrupted. Raises SourceError, which holds no secret of the
    address, if it is unreachable, too long, too slow, a web page, or has another checksum.
    """
    import pooch
    from urllib3.exceptions import HTTPError

    shown = without_secrets(url)
    pooch.get_logger().setLevel("ERROR")

    def download(address: str, file: Any, pooch: Any) -> None:
        try:
            with Path(file).open("wb") as stream:
                stream.writelines(_pieces(address, shown, most, advice))
        except (OSError, ValueError, HTTPError) as error:
            _refuse(shown, _reason(error), advice)

    downloader: Any = download
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return Path(pooch.retrieve(url, checksum, fname=path.name, path=path.parent, downloader=downloader))
    except OSError as error:
        _refuse(shown, f"cannot write in {path.parent}: {error.strerror or type(error).__name__}", advice)
    except ValueError as error:
        _refuse(shown, str(error).splitlines()[0] if checksum else type(error).__name__, advice)


def _pieces(url: str, shown: str, most: int, advice: str) -> Iterator[bytes]:
    import requests

    end, length = time.monotonic() + TOTAL_SECONDS, 0
    packed = urlsplit(url).path.lower().endswith(".gz")
    headers = {"Accept-Encoding": "identity"}
    with requests.get(url, stream=True, timeout=(CONNECT_SECONDS, SILENT_SECONDS), headers=headers) as response:
        response.raise_for_status()
        while piece := response.raw.read1(PIECE, decode_content=not packed):
            if length == 0 and piece.lstrip().lower().startswith(HTML):
                _refuse(shown, "it is a web page, not a list", advice)
            length += len(piece)
            if length > most:
                _refuse(shown, f"it is longer than {most:,} bytes", "raise max_file_bytes, or give a part of it")
            if time.monotonic() > end:
                _refuse(shown, f"it took longer than {TOTAL_SECONDS} seconds", advice)
            yield piece


def _reason(error: Exception) -> str:
    """Says in a few words what went wrong; the library's own words repeat the address with its secrets."""
    from requests import exceptions
    from urllib3.exceptions import TimeoutError as ReadTimeout

    match error:
        case exceptions.HTTPError(response=response) if response is not None:
            return f"the server answers {response.status_code}"
        case exceptions.Timeout() | ReadTimeout():
            return "the server does not answer in time"
        case exceptions.TooManyRedirects():
            return "the server redirects in circles"
        case exceptions.InvalidURL() | exceptions.InvalidSchema() | exceptions.MissingSchema():
            return "the address, or one that it leads to, is malformed or not of the web"
        case exceptions.RequestException():
            return "there is no connection, or it broke off"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return "the connection broke off or the address is malformed"


def _refuse(shown: str, reason: str, advice: str) -> NoReturn:
    raise SourceError(f"cannot download {shown}: {reason}; {advice}") from None
