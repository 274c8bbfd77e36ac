"""Fetching over real sockets: whole or not at all, in bounded time and size."""

from __future__ import annotations

import gzip
import io
import shutil
import socket
import ssl
import subprocess
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from enduse.formats.problems import BadInput
from enduse.stores.fetching import Got, Reach, fetch, file_name, shown
from tests.stores.publisher import Publisher, body, chunked, cut, endless, held_by, hung_up, publishing, silent, status

LIST = b"a list\n" * 1000
REACH = Reach(megabytes=1, seconds=20, tries=3, pause=0)


@pytest.fixture
def publisher(monkeypatch: pytest.MonkeyPatch) -> Iterator[Publisher]:
    for name in ("http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with publishing() as found:
        yield found


def refused(address: str, reach: Reach = REACH, *, code: str) -> str:
    """The words of a refusal, that must be of this code."""
    with pytest.raises(BadInput) as told:
        fetch(address, reach, wait=lambda _: None)
    (problem,) = told.value.problems
    assert problem.code == code
    assert problem.text("ru") != problem.text("en")
    return problem.text("en")


def test_a_file_comes_whole(publisher: Publisher) -> None:
    address = publisher.put("/list", body(LIST, ETag='"1"', Last_Modified="Mon, 16 Nov 2026 08:00:00 GMT"))
    assert fetch(address, REACH) == Got(LIST, '"1"', "Mon, 16 Nov 2026 08:00:00 GMT")
    assert fetch(publisher.put("/pieces", chunked(LIST, LIST)), REACH).data == LIST * 2
    assert publisher.asked["/list"][0]["User-Agent"].startswith("EndUse/")
    assert fetch(publisher.put("/empty", body(b"")), REACH).data == b""  # that it is no list is for its reader to say


def test_what_is_packed_under_way_is_unpacked(publisher: Publisher) -> None:
    packed = gzip.compress(LIST)
    assert fetch(publisher.put("/list", body(packed, Content_Encoding="gzip")), REACH).data == LIST
    assert fetch(publisher.put("/two", body(packed + packed, Content_Encoding="gzip")), REACH).data == LIST * 2
    assert "gzip" in publisher.asked["/list"][0]["Accept-Encoding"]
    for path, data, encoding in (("/no", LIST, "gzip"), ("/br", LIST, "br")):
        assert encoding in refused(publisher.put(path, body(data, Content_Encoding=encoding)), code="fetch.encoding")
    refused(publisher.put("/half", body(packed[:-20], Content_Encoding="gzip")), code="fetch.half")


def test_what_is_unchanged_is_not_sent_again(publisher: Publisher) -> None:
    address = publisher.put("/list", held_by('"1"', LIST, modified="Mon, 16 Nov 2026 08:00:00 GMT"))
    got = fetch(address, REACH)
    assert fetch(address, REACH, etag=got.etag, modified=got.modified) == Got(None, got.etag, got.modified)
    assert publisher.asked["/list"][1]["If-Modified-Since"] == got.modified
    assert fetch(address, REACH, etag='"other"').data == LIST
    refused(publisher.put("/unasked", status(304)), code="fetch.status")  # nobody asked whether it had changed


def test_half_a_file_is_asked_for_again_and_never_taken(publisher: Publisher) -> None:
    good = publisher.put("/again", cut(LIST[:100], len(LIST)), body(LIST))
    assert fetch(good, REACH).data == LIST
    told = refused(publisher.put("/half", cut(LIST[:100], len(LIST))), code="fetch.half")
    assert "100 bytes of 7000" in told
    assert len(publisher.asked["/half"]) == REACH.tries
    refused(publisher.put("/pieces", chunked(LIST, whole=False)), code="fetch.half")


def test_what_may_pass_is_tried_again_and_what_will_not_is_not(publisher: Publisher) -> None:
    assert fetch(publisher.put("/busy", status(503), status(429), body(LIST)), REACH).data == LIST
    assert fetch(publisher.put("/hung", hung_up, body(LIST)), REACH).data == LIST
    assert "500" in refused(publisher.put("/broken", status(500, b"sorry")), code="fetch.status")
    assert len(publisher.asked["/broken"]) == REACH.tries
    for code in (400, 401, 403, 404, 410, 206):
        assert str(code) in refused(publisher.put(f"/{code}", status(code, b"no")), code="fetch.status")
        assert len(publisher.asked[f"/{code}"]) == 1
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{taken.getsockname()[1]}/list"
        assert "refused" in refused(nobody, code="fetch.network")
    refused("http://no-such-host.invalid/list", code="fetch.network")


def test_pauses_grow_and_a_server_may_ask_for_a_longer_one(publisher: Publisher) -> None:
    waited: list[float] = []
    reach = Reach(seconds=1000, tries=4, pause=1)
    with pytest.raises(BadInput):
        fetch(publisher.put("/busy", status(503)), reach, wait=waited.append)
    assert waited == [1, 4, 16]
    waited.clear()
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    fetch(
        publisher.put("/later", status(503, Retry_After="30"), status(503, Retry_After=moment), status(503, Retry_After="soon"), body(LIST)),
        reach,
        wait=waited.append,
    )
    assert waited[0] == 30
    assert 80 < waited[1] <= 90
    assert waited[2] == 16
    waited.clear()
    with pytest.raises(BadInput):  # longer than there is time: not waited for, not tried before
        fetch(publisher.put("/long", status(503, Retry_After="86400")), reach, wait=waited.append)
    assert (waited, len(publisher.asked["/long"])) == ([], 1)


def test_an_answer_without_an_end_is_cut_off(publisher: Publisher) -> None:
    assert "1 MB" in refused(publisher.put("/endless", endless(publisher, b"x" * 65536)), code="fetch.large")
    bomb = gzip.compress(b"\0" * 50_000_000)
    refused(publisher.put("/bomb", body(bomb, Content_Encoding="gzip")), code="fetch.large")
    assert fetch(publisher.put("/just", body(b"x" * 1024 * 1024)), REACH).data == b"x" * 1024 * 1024


@pytest.mark.parametrize("what", ["drip", "drip of headers", "silence"])
def test_who_drips_is_not_waited_for_longer_than_the_limit(publisher: Publisher, what: str) -> None:
    reply = {
        "drip": endless(publisher, b"x", 0.05),
        "drip of headers": endless(publisher, b"X: y\r\n", 0.2, head=b"HTTP/1.1 200 OK\r\n"),
        "silence": silent(publisher),
    }[what]
    began = time.monotonic()
    assert "1 s" in refused(publisher.put("/slow", reply), replace(REACH, seconds=1), code="fetch.slow")
    assert time.monotonic() - began < 5


def test_a_redirect_is_followed_within_the_web_and_not_for_ever(publisher: Publisher) -> None:
    publisher.put("/there", body(LIST))
    assert fetch(publisher.put("/moved", status(302, Location="/there")), REACH).data == LIST
    assert fetch(publisher.put("/moved2", status(308, Location=publisher.base + "/there")), REACH).data == LIST
    refused(publisher.put("/loop", status(302, Location="/loop")), code="fetch.redirect")
    assert len(publisher.asked["/loop"]) == 10
    for place in ("file:///etc/passwd", "ftp://127.0.0.1/list", "http://", "data:,x"):
        refused(publisher.put("/out", status(302, Location=place)), code="fetch.redirect")
    refused(publisher.put("/nowhere", status(302)), code="fetch.status")


def test_a_name_and_a_password_go_to_the_address_alone_and_are_never_shown(publisher: Publisher) -> None:
    host = publisher.base.removeprefix("http://")
    publisher.put("/there", body(LIST))
    address = publisher.put("/list?token=hidden", status(302, Location=publisher.base + "/there"), status(404)).replace(host, f"who:p%40ss@{host}")
    assert fetch(address, REACH).data == LIST
    assert publisher.asked["/list?token=hidden"][0]["Authorization"] == "Basic d2hvOnBAc3M="
    assert "Authorization" not in publisher.asked["/there"][0]
    told = refused(address, code="fetch.status")
    assert not any(secret in told for secret in ("who", "p%40ss", "hidden"))
    assert shown(address) == publisher.base + "/list"
    assert shown("http://[broken") == "…"


def test_what_is_no_address_is_refused_without_asking(publisher: Publisher) -> None:
    here = publisher.put("/list", body(LIST)).removeprefix("http://")
    for address in ("file:///etc/passwd", f"ftp://{here}", f"//{here}", "http://", "list.xml", "http://[::1", "http://127.0.0.1:port/"):
        assert "Tries: 1" in refused(address, code="fetch.network")
    assert not publisher.asked


def test_a_proxy_is_gone_through(publisher: Publisher, monkeypatch: pytest.MonkeyPatch) -> None:
    publisher.put("http://list.example/list", body(LIST))
    address = "http://list.example/list"
    assert fetch(address, replace(REACH, proxy=publisher.base)).data == LIST
    monkeypatch.setenv("http_proxy", publisher.base)
    assert fetch(address, REACH).data == LIST
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    assert fetch(publisher.put("/near", body(LIST)), REACH).data == LIST
    assert publisher.asked["/near"]


def test_an_address_in_other_letters_is_asked_for_as_the_web_writes_it(publisher: Publisher) -> None:
    publisher.put("/%D1%81?%D0%BA=1%20", body(LIST))
    assert fetch(f"{publisher.base}/с?к=1%20#с", REACH).data == LIST
    publisher.put("http://xn--e1afmkfd.example:8080/list", body(LIST))
    assert fetch("http://who:p@пример.example:8080/list", replace(REACH, proxy=publisher.base)).data == LIST


def test_what_goes_wrong_with_an_address_or_a_proxy_shows_no_secret(publisher: Publisher, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "hidden" not in refused(publisher.put("/list?token=hidden", status(404)) + "\x7f", code="fetch.status")
    monkeypatch.setenv("http_proxy", "http:/who:hidden@proxy")
    told = refused(publisher.base + "/list", code="fetch.network")
    assert "hidden" not in told and "proxy" in told


@pytest.mark.parametrize("asked", ["soon", "9" * 400, "Mon, 16 Nov 2026 08:00:00 +99999999999999"])
def test_a_pause_that_makes_no_sense_is_no_fault_of_ours(publisher: Publisher, asked: str) -> None:
    refused(publisher.put("/busy", status(503, Retry_After=asked)), code="fetch.status")


@pytest.fixture
def secure(publisher: Publisher, tmp_path: Path) -> Path:
    """The publisher under TLS, with a certificate of its own for `localhost`."""
    if shutil.which("openssl") is None:
        pytest.skip("NOT RUN: no openssl on this machine")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost "
        f"-addext subjectAltName=DNS:localhost -keyout {key} -out {certificate}".split(),
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    publisher.server.socket = context.wrap_socket(publisher.server.socket, server_side=True, do_handshake_on_connect=False)
    publisher.server.handle_error = lambda *_: None  # type: ignore[method-assign]
    publisher.base = publisher.base.replace("http://127.0.0.1", "https://localhost")
    return certificate


def test_under_tls_only_a_known_certificate_will_do_and_nothing_leads_out_of_it(
    publisher: Publisher, secure: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = publisher.put("/list", body(LIST))
    told = refused(address, code="fetch.network")
    assert "certificate" in told and "Tries: 1" in told  # it will be no other next time
    assert publisher.asked["/list"] == []
    monkeypatch.setenv("SSL_CERT_FILE", str(secure))
    assert fetch(address, REACH).data == LIST
    plain = publisher.base.replace("https", "http") + "/list"
    assert "http://" in refused(publisher.put("/down", status(302, Location=plain)), code="fetch.redirect")
    refused(publisher.put("/slow", endless(publisher, b"x", 0.05)), replace(REACH, seconds=1), code="fetch.slow")


@pytest.mark.parametrize("begun", [b"", b"\x16\x03\x03\x40\x00"], ids=["silence", "drip"])
def test_a_handshake_that_never_ends_is_cut_off(publisher: Publisher, begun: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            connected, _ = server.accept()
            with connected, suppress(OSError):
                connected.send(begun)
                while not publisher.over.wait(0.05):
                    connected.send(b"\0" if begun else b"")

        threading.Thread(target=drip, daemon=True).start()
        began = time.monotonic()
        refused(f"https://127.0.0.1:{server.getsockname()[1]}/", replace(REACH, seconds=1), code="fetch.slow")
        assert time.monotonic() - began < 5


def test_an_archive_comes_as_it_is(publisher: Publisher) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("list.xml", LIST)
    assert fetch(publisher.put("/list.zip", body(stream.getvalue())), REACH).data == stream.getvalue()


def test_a_file_is_called_by_the_end_of_its_address() -> None:
    assert file_name("https://example.org/a/SDN.XML?x=1", "un-sc") == "SDN.XML"
    assert file_name("https://example.org/a%20b.csv", "un-sc") == "a b.csv"
    assert file_name("https://example.org/", "un-sc") == "un-sc"
