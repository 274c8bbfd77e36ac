"""A publisher on this machine, over real sockets: each address answers with the replies put there, the last of them again and again."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = Callable[[BaseHTTPRequestHandler], None]


class Publisher:
    """A server with addresses; `asked` holds the headers of every request by its path."""

    def __init__(self) -> None:
        self.replies: dict[str, list[Reply]] = {}
        self.asked: dict[str, list[Mapping[str, str]]] = defaultdict(list)
        self.over = threading.Event()
        publisher = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                path = self.path
                publisher.asked[path].append(dict(self.headers))
                replies = publisher.replies.get(path, [status(404)])
                self.close_connection = True
                with suppress(OSError):  # who asked has hung up
                    (replies.pop(0) if len(replies) > 1 else replies[0])(self)

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.base = f"http://127.0.0.1:{self.server.server_address[1]}"

    def put(self, path: str, *replies: Reply) -> str:
        """What an address answers, one reply after the other; the address."""
        self.replies[path] = list(replies)
        return self.base + path


@contextmanager
def publishing() -> Iterator[Publisher]:
    """A publisher that is there for a while."""
    publisher = Publisher()
    thread = threading.Thread(target=publisher.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield publisher
    finally:
        publisher.over.set()
        publisher.server.shutdown()
        publisher.server.server_close()
        thread.join()


def body(data: bytes, **headers: str) -> Reply:
    """A file, whole."""
    return _answer(200, {"Content-Length": str(len(data)), **_named(headers)}, data)


def status(code: int, data: bytes = b"", **headers: str) -> Reply:
    """Another status."""
    return _answer(code, {"Content-Length": str(len(data)), **_named(headers)}, data)


def cut(data: bytes, told: int) -> Reply:
    """A file of which more is told than comes."""
    return _answer(200, {"Content-Length": str(told)}, data)


def chunked(*pieces: bytes, whole: bool = True) -> Reply:
    """A file in pieces; where it is not whole, the end is missing."""
    data = b"".join(f"{len(piece):x}\r\n".encode() + piece + b"\r\n" for piece in pieces)
    return _answer(200, {"Transfer-Encoding": "chunked"}, data + (b"0\r\n\r\n" if whole else b""))


def held_by(tag: str, data: bytes, *, modified: str = "") -> Reply:
    """A file that is given out once for each of its tags: nothing where it is known already."""

    def reply(handler: BaseHTTPRequestHandler) -> None:
        known = handler.headers.get("If-None-Match") == tag
        headers = {"ETag": tag, **({"Last-Modified": modified} if modified else {})}
        _answer(304, headers, b"")(handler) if known else _answer(200, {**headers, "Content-Length": str(len(data))}, data)(handler)

    return reply


def endless(publisher: Publisher, piece: bytes, pause: float = 0, head: bytes = b"HTTP/1.1 200 OK\r\n\r\n") -> Reply:
    """An answer that never ends: a piece, a pause, and again."""

    def reply(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(head)
        while not publisher.over.is_set():
            handler.wfile.write(piece)
            handler.wfile.flush()
            if pause:
                publisher.over.wait(pause)

    return reply


def silent(publisher: Publisher) -> Reply:
    """No answer at all."""
    return lambda _: (publisher.over.wait(), None)[1]


def hung_up(handler: BaseHTTPRequestHandler) -> None:
    """The connection is closed without a word."""
    handler.wfile.flush()
    handler.connection.close()


def _answer(code: int, headers: Mapping[str, str], data: bytes) -> Reply:
    def reply(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(code)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(data)

    return reply


def _named(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
