"""Fetching a file from its publisher: bounded in size and time, tried again where that may help, and told whole from half arrived.

Standard library only. What is fetched is not looked into here: whether it is the list is for its reader to say.
"""

from __future__ import annotations

import base64
import http.client
import re
import socket
import ssl
import string
import threading
import time
import urllib.request
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit, urlunsplit

from enduse import __version__
from enduse.formats.problems import BadInput, Problem, short

MOST_HOPS = 10
PIECE = 1 << 16
SILENT_SECONDS = 60.0  # a server that says nothing for so long is not waited for, whatever time there is
TRANSIENT = frozenset({408, 425, 429, 500, 502, 503, 504})
_GZIP = 31  # zlib's word for a gzip header
MOVED = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Reach:
    """How publishers are reached. `seconds` are for a file with all that it takes: tries, waits and redirects."""

    proxy: str = ""  # else the usual environment variables
    megabytes: int = 512
    seconds: float = 600
    tries: int = 4
    pause: float = 2  # seconds before the second try; before each later one four times as long


@dataclass(frozen=True, slots=True)
class Got:
    """What a publisher gave: the bytes, or None where they are those of last time; and what to ask with the next time."""

    data: bytes | None
    etag: str = ""
    modified: str = ""


@dataclass(slots=True)
class _Failed(Exception):
    """A try that failed, and whether another may help, and after how many seconds at the earliest."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)
    again: bool = False
    after: float = 0


def fetch(address: str, reach: Reach, *, etag: str = "", modified: str = "", wait: Callable[[float], None] = time.sleep) -> Got:
    """The file at an address, whole. With what the publisher said last time it is asked whether that still holds.

    Raises BadInput: not to be reached, another status than 200, half arrived, too large, too slow, sent on to where one may not go.
    """
    end = time.monotonic() + reach.seconds
    pause = reach.pause
    tried = 0
    while True:
        tried += 1
        try:
            return _once(address, reach, end, etag, modified)
        except _Failed as failed:
            pause, now = pause * 4, max(pause, failed.after)
            if failed.again and tried < reach.tries and time.monotonic() + now < end:
                wait(now)
                continue
            values = {"address": shown(address), "tries": tried, "seconds": round(reach.seconds), "megabytes": reach.megabytes}
            raise BadInput(Problem(failed.code, values={**values, **failed.values})) from failed


def shown(address: str) -> str:
    """An address as people may see it: without a name, a password or a token in it."""
    try:
        parts = urlsplit(address)
        return short(urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", "")), 120)
    except ValueError:
        return "…"


def file_name(address: str, otherwise: str) -> str:
    """What the file at an address is called."""
    return short(unquote(urlsplit(address).path).rstrip("/").rpartition("/")[2], 80) or otherwise


def _once(address: str, reach: Reach, end: float, etag: str, modified: str) -> Got:
    """One try, sent on as often as the publisher wants."""
    asked = {"If-None-Match": etag, "If-Modified-Since": modified}
    try:
        for _ in range(MOST_HOPS):
            with _opened(address, reach, end, {name: value for name, value in asked.items() if value}) as response:
                if response.status in MOVED and (place := response.headers.get("Location")):
                    address = _next(address, place)
                    continue
                if response.status == 304 and any(asked.values()):
                    return Got(None, etag, modified)
                if response.status != 200:
                    values = {"status": response.status, "why": short(response.reason or "", 60)}
                    raise _Failed("fetch.status", values, response.status in TRANSIENT, _after(response.headers.get("Retry-After")))
                return Got(_body(response, reach, end), response.headers.get("ETag", ""), response.headers.get("Last-Modified", ""))
        raise _Failed("fetch.redirect", {"other": shown(address)})
    except (OSError, http.client.HTTPException, ValueError) as error:
        if time.monotonic() >= end:
            raise _Failed("fetch.slow") from error
        raise _unreached(error) from error


def _unreached(error: Exception) -> _Failed:
    """Why nothing, or not all, came; a name that the certificate does not bear will not be another next time."""
    reason = getattr(error, "reason", error)
    if isinstance(reason, http.client.IncompleteRead):
        return _Failed("fetch.half", {"got": "…", "told": "…"}, again=True)
    if isinstance(reason, ssl.SSLCertVerificationError):
        return _Failed("fetch.network", {"why": short(reason.verify_message)})
    fixed = isinstance(reason, http.client.InvalidURL | ValueError)
    why = (reason.strerror if isinstance(reason, OSError) else "") or str(reason) or type(reason).__name__
    return _Failed("fetch.network", {"why": short(re.sub(r"\S*@", "…@", why))}, again=not fixed)  # before an @ may stand a password


def _next(address: str, place: str) -> str:
    """Where a publisher sends on to. Never from HTTPS to anything else, never out of the web."""
    other = urljoin(address, quote(place, safe=string.punctuation, encoding="iso-8859-1"))
    old, new = urlsplit(address), urlsplit(other)
    if new.scheme not in ("http", "https") or not new.hostname or (old.scheme, new.scheme) == ("https", "http"):
        raise _Failed("fetch.redirect", {"other": shown(other)})
    return other


def _after(told: str | None) -> float:
    """How many seconds a server asks to be left alone for: a number, or a moment."""
    if not told:
        return 0
    if told.strip().isdecimal():
        return float(told)
    try:
        return max(0.0, parsedate_to_datetime(told).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return 0


def _body(response: http.client.HTTPResponse, reach: Reach, end: float) -> bytes:
    """The whole content, unpacked."""
    told, came, most = response.length, 0, reach.megabytes * 1024 * 1024
    encoding = (response.headers.get("Content-Encoding") or "identity").strip().lower()
    if encoding not in ("identity", "gzip", "x-gzip"):
        raise _Failed("fetch.encoding", {"encoding": short(encoding, 40)})
    packed = None if encoding == "identity" else zlib.decompressobj(wbits=_GZIP)
    found = bytearray()
    while piece := response.read1(PIECE):
        came += len(piece)
        if time.monotonic() >= end:
            raise _Failed("fetch.slow")
        while piece:
            if packed is None:
                found += piece
                piece = b""
            else:
                packed, piece = _unpacked(packed, piece, found, most + 1 - len(found), encoding)
            if len(found) > most:
                raise _Failed("fetch.large")
    if time.monotonic() >= end:  # it was cut: without a length told that looks like an end
        raise _Failed("fetch.slow")
    if (told is not None and came != told) or (packed is not None and not packed.eof):
        raise _Failed("fetch.half", {"got": came, "told": "…" if told is None else told}, again=True)
    return bytes(found)


def _unpacked(packed: Any, piece: bytes, found: bytearray, most: int, encoding: str) -> tuple[Any, bytes]:
    """Unpack a piece into `found`: what is to unpack the rest of it, and that rest, where one archive ends and another follows."""
    if packed.eof:
        packed = zlib.decompressobj(wbits=_GZIP)
    try:
        found += packed.decompress(piece, most)
    except zlib.error as error:
        raise _Failed("fetch.encoding", {"encoding": encoding}) from error
    return packed, packed.unused_data


@contextmanager
def _opened(address: str, reach: Reach, end: float, asked: Mapping[str, str]) -> Iterator[http.client.HTTPResponse]:
    """The answer to one request, whatever its status; the connection is cut when time is up."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise http.client.InvalidURL(shown(address))
    headers = {"User-Agent": f"EndUse/{__version__}", "Accept": "*/*", "Accept-Encoding": "gzip", **asked}
    if "@" in parts.netloc:
        who = parts.netloc.rpartition("@")[0]
        headers["Authorization"] = "Basic " + base64.b64encode(unquote(who).encode()).decode()
    left = end - time.monotonic()
    if left <= 0:
        raise TimeoutError
    watch = _Watch()
    opener = urllib.request.OpenerDirector()  # without the handlers that follow redirects and make errors of statuses
    proxies = {"http": reach.proxy, "https": reach.proxy} if reach.proxy else None
    for handler in (urllib.request.ProxyHandler(proxies), _Plain(watch), _Secure(watch)):
        opener.add_handler(handler)
    timer = threading.Timer(left + 0.05, watch.cut)  # not before `end`, by whatever clock
    timer.daemon = True
    timer.start()
    try:
        request = urllib.request.Request(_sent(parts), headers=headers)
        with opener.open(request, timeout=min(left, SILENT_SECONDS)) as response:
            yield response
    finally:
        timer.cancel()
        watch.close()


def _sent(parts: SplitResult) -> str:
    """An address as it is asked for: without a name, a password or a fragment, and in ASCII, as the web writes other letters."""
    host = parts.netloc.rpartition("@")[2]
    if not host.isascii():
        name, colon, port = host.partition(":")
        host = name.encode("idna").decode() + colon + port
    path, query = (quote(part, safe=string.punctuation) for part in (parts.path, parts.query))
    return urlunsplit((parts.scheme, host, path, query, ""))


class _Watch:
    """The connections of a request: a server that sends a byte a second never lets one time out by itself."""

    def __init__(self) -> None:
        self.sockets: list[socket.socket] = []
        self.over = False

    def add(self, connected: socket.socket) -> None:
        self.sockets.append(connected.dup())  # the same connection, also once TLS took the first hold of it away
        if self.over:
            self.cut()

    def cut(self) -> None:
        self.over = True
        for one in self.sockets:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        for one in self.sockets:
            one.close()


class _Connection(http.client.HTTPConnection):
    """A connection that is watched from its first byte on."""

    watch: _Watch

    def connect(self) -> None:
        super().connect()
        self.watch.add(self.sock)


class _SecureConnection(http.client.HTTPSConnection, _Connection):
    """The same under TLS: watched before the handshake."""


class _Plain(urllib.request.HTTPHandler):
    def __init__(self, watch: _Watch) -> None:
        super().__init__()
        self.watch = watch

    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        def connection(host: str, **settings: Any) -> _Connection:
            made = _Connection(host, **settings)
            made.watch = self.watch
            return made

        return self.do_open(connection, req)


class _Secure(urllib.request.HTTPSHandler):
    def __init__(self, watch: _Watch) -> None:
        super().__init__()
        self.watch = watch

    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        def connection(host: str, **settings: Any) -> _SecureConnection:
            made = _SecureConnection(host, **settings)
            made.watch = self.watch
            return made

        return self.do_open(connection, req)
