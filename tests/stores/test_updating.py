"""Bringing lists up to date over real sockets: what is worse than the list held never replaces it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from enduse.domain.screening.entity import Entity, Name
from enduse.formats.problems import BadInput, Problem
from enduse.sources.registry import SOURCES
from enduse.sources.source import File, Read, Skipped, Source
from enduse.stores.checked import CHECKED
from enduse.stores.fetching import Reach
from enduse.stores.lists import ENTRIES, entities, keep, latest, reads, snapshots, standing
from enduse.stores.updating import Updated, addresses_of, update, words_to_update
from tests.stores.publisher import Publisher, body, cut, endless, held_by, publishing, status

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
WORD = "made-up"
REACH = Reach(megabytes=100, seconds=60, tries=2, pause=0)
PAGE = b"<!doctype html><html><body>Maintenance</body></html>"
SHARED = Path(__file__).parents[3] / "shared" / "data" / "lists"
REAL = {
    "un-sc": ("UN_consolidated_2026-02-27.xml",),
    "ofac-sdn": ("ofac-sdn-2022-01/sdn.csv", "ofac-sdn-2022-01/alt.csv", "ofac-sdn-2022-01/add.csv"),
    "ofac-consolidated": ("ofac-consolidated/consolidated_2025-03-28.xml",),
    "us-dpl": ("us-dpl/dpl_2021_watchman.txt",),
    "us-csl": ("us-csl/csl_consolidated_sample.csv",),
    "ca-sema": ("ca-sema/canada_2025.xml",),
    "ftm": ("ftm/parteispenden_entities.ftm.json",),
    "own-bis": ("other/bis_entity_list.json",),
}


def read(files: Sequence[File]) -> Read:
    """A line an entry, in as many files as there are; the first line is the day. A line `?` was damaged before it came."""
    lines = [line for file in files for line in file.data.decode("ascii").splitlines()]
    if not lines or lines[0].startswith("<"):
        raise BadInput(Problem("list.sort", values={"list": WORD, "got": "got.html", "expected": "text"}))
    names = lines[1:]
    found = tuple(Entity(f"{number}", "Person", (Name(line),)) for number, line in enumerate(names))
    spoilt = tuple(Skipped(f"line {number}", "skipped.damaged") for number, line in enumerate(names, 2) if line == "?")
    return Read(found, spoilt, date.fromisoformat(lines[0]) if lines[0] else None, len(names))


SOURCE = Source(WORD, "Nobody", ("выдуманный", "made up"), ("свободно", "free"), read)


def text(day: str, *names: str) -> bytes:
    return "\n".join([day, *names]).encode()


@pytest.fixture
def publisher(monkeypatch: pytest.MonkeyPatch) -> Iterator[Publisher]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with publishing() as found:
        yield found


@pytest.fixture
def brought(tmp_path: Path, publisher: Publisher) -> Any:
    """Updates the made-up list from addresses of the publisher."""

    def go(*paths: str, at: datetime = AT, **options: Any) -> Updated:
        places = {WORD: [publisher.base + path for path in paths or ("/list",)]}
        return update(WORD, addresses=places, reach=REACH, at=at, data=tmp_path, source_of=lambda _: SOURCE, wait=lambda _: None, **options)

    return go


def code_of(go: Any) -> str:
    with pytest.raises(BadInput) as refused:
        go()
    return refused.value.problems[0].code


def test_a_new_list_is_taken_in_and_the_same_one_confirmed(tmp_path: Path, publisher: Publisher, brought: Any) -> None:
    publisher.put("/list", body(text("2026-11-01", "Ada", "Eve")))
    first = brought()
    assert (first.new, first.snapshot.entries, first.snapshot.checked, first.snapshot.files[0][0]) == (True, 2, AT, "list")
    later = AT + timedelta(days=3)
    again = brought(at=later)
    assert (again.new, again.snapshot.digest, again.snapshot.taken, again.snapshot.checked) == (False, first.snapshot.digest, AT, later)
    publisher.put("/list", body(text("2026-11-22", "Ada", "Eve", "Bo")))
    assert brought(at=later).new
    assert len(snapshots(tmp_path, WORD)) == 2


def test_unchanged_is_checked_and_makes_the_list_current(tmp_path: Path, publisher: Publisher, brought: Any) -> None:
    publisher.put("/list", held_by('"1"', text("2026-11-01", "Ada")))
    brought()
    later = AT + timedelta(days=30)
    assert standing(tmp_path, at=later.date(), limits={WORD: 7})[0].state == "old"
    done = brought(at=later)
    assert (done.new, done.read, done.snapshot.checked) == (False, None, later)
    assert [asked.get("If-None-Match") for asked in publisher.asked["/list"]] == [None, '"1"']
    (stands,) = standing(tmp_path, at=later.date(), limits={WORD: 7})
    assert (stands.state, stands.age_days, stands.current) == ("ok", 0, later.date())


def test_of_several_files_only_the_changed_one_is_sent(tmp_path: Path, publisher: Publisher, brought: Any) -> None:
    publisher.put("/a", held_by('"1"', text("2026-11-01", "Ada\n")))
    publisher.put("/b", held_by('"2"', b"Eve"))
    brought("/a", "/b")
    publisher.put("/b", held_by('"3"', b"Eve\nBo"))
    done = brought("/a", "/b", at=AT + timedelta(days=1))
    assert done.new
    assert [one.names[0].text for one in entities(tmp_path, done.snapshot)] == ["Ada", "Eve", "Bo"]
    assert publisher.asked["/a"][1]["If-None-Match"] == '"1"'
    (kept,) = [path for path in tmp_path.rglob("files/0") if path.parent.parent.name == done.snapshot.digest.removeprefix("sha256:")[:32]]
    kept.write_bytes(b"other")
    publisher.put("/b", body(b"Eve\nBo\nCy"))
    again = brought("/a", "/b")  # the unchanged one is no longer what it was: it is not asked whether it still is
    assert "If-None-Match" not in publisher.asked["/a"][2]
    assert [one.names[0].text for one in entities(tmp_path, again.snapshot)] == ["Ada", "Eve", "Bo", "Cy"]


def test_other_addresses_or_a_list_brought_by_hand_are_fetched_whole(tmp_path: Path, publisher: Publisher, brought: Any) -> None:
    publisher.put("/list", held_by('"1"', text("2026-11-01", "Ada")))
    publisher.put("/other", held_by('"1"', text("2026-11-02", "Ada", "Bo")))
    brought()
    assert brought("/other").new
    assert "If-None-Match" not in publisher.asked["/other"][0]
    keep(SOURCE, [File("list", text("2026-11-03", "Ada", "Bo"))], at=AT, data=tmp_path)
    publisher.put("/other", held_by('"1"', text("2026-11-04", "Ada", "Bo")))
    assert brought("/other").new
    assert "If-None-Match" not in publisher.asked["/other"][-1]
    (path,) = (tmp_path / "lists" / WORD / latest(tmp_path, WORD).digest[7:39]).glob(CHECKED)  # type: ignore[union-attr]
    assert publisher.base not in path.read_text("utf-8")  # an address may hold a token


def test_nothing_that_is_worse_replaces_a_good_list(tmp_path: Path, publisher: Publisher, brought: Any) -> None:
    names = [f"Name {number}" for number in range(100)]
    good = text("2026-11-10", *names)
    publisher.put("/list", body(good))
    held = brought().snapshot
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("list", good)
    bad = {
        "fetch.half": cut(good[:200], len(good)),
        "fetch.status": status(404),
        "list.sort": body(PAGE),
        "fetch.redirect": status(302, Location="/list"),
        "list.shrunk": body(text("2026-11-11", *names[:49])),
        "list.older": body(text("2026-11-09", *names, "Another")),
        "list.future": body(text("2126-11-09", *names, "Another")),
        "list.spoilt": body(text("2026-11-11", *names[:90], *["?"] * 10)),
    }
    for code, reply in bad.items():
        publisher.put("/list", reply)
        assert code_of(brought) == code
        assert latest(tmp_path, WORD) == held
    publisher.put("/list", body(stream.getvalue()))
    with pytest.raises((BadInput, UnicodeDecodeError)):
        brought()
    assert latest(tmp_path, WORD) == held
    assert [one.digest for one in snapshots(tmp_path, WORD)] == [held.digest]


def test_somebody_who_has_looked_may_take_it(publisher: Publisher, brought: Any) -> None:
    names = [f"Name {number}" for number in range(100)]
    publisher.put("/list", body(text("2026-11-10", *names)))
    brought()
    spoilt = publisher.put("/list", body(text("2026-11-11", *names[:90], *["?"] * 10)))
    assert spoilt
    assert code_of(partial(brought, smaller=True)) == "list.spoilt"
    assert brought(damaged=True).new
    publisher.put("/list", body(text("2026-11-12", *names[:90], *["?"] * 11)))
    assert brought().new  # no worse than the one that was taken
    publisher.put("/list", body(text("2026-11-13", "Ada")))
    assert code_of(partial(brought, damaged=True)) == "list.shrunk"
    assert brought(smaller=True).new


def test_an_older_list_that_was_held_before_is_older_still(tmp_path: Path, publisher: Publisher, brought: Any) -> None:
    publisher.put("/list", body(text("2026-11-01", "Ada")))
    brought()
    publisher.put("/list", body(text("2026-11-10", "Ada", "Eve")))
    held = brought().snapshot
    publisher.put("/list", body(text("2026-11-01", "Ada")))
    assert code_of(brought) == "list.older"
    assert latest(tmp_path, WORD) == held


def test_an_undated_list_that_was_held_before_a_newer_one_is_older(tmp_path: Path, publisher: Publisher, brought: Any) -> None:
    publisher.put("/list", body(text("", "Ada")))
    first = brought().snapshot
    publisher.put("/list", body(text("", "Ada", "Eve")))
    held = brought(at=AT + timedelta(days=1)).snapshot
    assert not brought(at=AT + timedelta(days=2)).new  # the same list is no older one
    publisher.put("/list", body(text("", "Ada")))
    later = AT + timedelta(days=3)
    for options in ({}, {"smaller": True, "damaged": True}):
        assert code_of(partial(brought, at=later, **options)) == "list.older.again"
    assert latest(tmp_path, WORD).digest == held.digest  # type: ignore[union-attr]
    assert [one.checked for one in snapshots(tmp_path, WORD) if one.digest == first.digest] == [AT]
    keep(SOURCE, [File("list", text("", "Ada"))], at=later, data=tmp_path)  # who brings it by hand says that it is the list again
    back = brought(at=AT + timedelta(days=4))
    assert (back.new, back.snapshot.digest) == (False, first.digest)


def test_of_two_lists_of_one_day_the_one_seen_earlier_is_older(publisher: Publisher, brought: Any) -> None:
    publisher.put("/list", body(text("2026-11-01", "Ada")))
    brought()
    publisher.put("/list", body(text("2026-11-01", "Ada", "Eve")))
    brought(at=AT + timedelta(hours=1))
    publisher.put("/list", body(text("2026-11-01", "Ada")))
    assert code_of(partial(brought, at=AT + timedelta(hours=2))) == "list.older.again"


@pytest.mark.parametrize("conditional", [True, False])
@pytest.mark.parametrize("damage", [ENTRIES, "list.json", CHECKED])
def test_damage_is_healed_by_an_update(
    tmp_path: Path, publisher: Publisher, brought: Any, monkeypatch: pytest.MonkeyPatch, damage: str, conditional: bool
) -> None:
    monkeypatch.setitem(SOURCES, WORD, SOURCE)
    whole = text("2026-11-01", "Ada", "Eve")
    publisher.put("/list", held_by('"1"', whole) if conditional else body(whole))
    first = brought().snapshot
    (path,) = (tmp_path / "lists" / WORD).rglob(damage)
    path.write_bytes(b"{")
    later = AT + timedelta(days=1)
    done = brought(at=later)
    assert "If-None-Match" not in publisher.asked["/list"][1]
    assert (done.new, done.read is not None, done.snapshot.digest, done.snapshot.checked) == (True, True, first.digest, later)
    assert [one.names[0].text for one in entities(tmp_path, done.snapshot)] == ["Ada", "Eve"]
    assert standing(tmp_path, at=later.date())[0].state == "ok"
    assert not brought(at=later).new


def test_an_own_list_of_which_nobody_can_say_what_it_was_is_not_healed(publisher: Publisher, brought: Any, tmp_path: Path) -> None:
    publisher.put("/list", body(text("2026-11-01", "Ada")))
    brought()
    (path,) = tmp_path.rglob("list.json")
    path.write_bytes(b"{")
    assert code_of(brought) == "list.damaged"


@pytest.mark.parametrize(("number", "code"), [(0, None), (1, "list.damaged")])
def test_an_own_list_is_healed_as_long_as_its_mapping_is_there(tmp_path: Path, publisher: Publisher, number: int, code: str | None) -> None:
    mapping = File("mapping.yaml", b"format: enduse/list-mapping-1\ncolumns: {name: Colour}\n")
    rows = b"Colour,Size\nRed Trading,1\n"
    keep(SOURCES["csv"], [File("own.csv", rows), mapping], at=AT, data=tmp_path, word="own-colours")
    place = publisher.put("/own.csv", body(rows))
    bring = partial(update, "own-colours", addresses={"own-colours": [place]}, reach=REACH, data=tmp_path, at=AT + timedelta(days=1))
    (path,) = tmp_path.rglob(f"files/{number}")
    path.write_bytes(b"other")
    if code:
        assert code_of(bring) == code
        return
    done = bring()
    assert [name for name, _, _ in done.snapshot.files] == ["own.csv", "mapping.yaml"]
    assert [one.names[0].text for one in entities(tmp_path, done.snapshot)] == ["Red Trading"]
    assert reads(tmp_path, done.snapshot)


def test_a_first_list_that_is_mostly_unread_is_refused_in_an_update(publisher: Publisher, tmp_path: Path) -> None:
    place = publisher.put("/own.csv", body(b"Name,Country\nRosa Quill,Kenya\n,Kenya\n,Peru\n"))
    bring = partial(update, "own-a", addresses={"own-a": [place]}, reach=REACH, data=tmp_path, at=AT)
    assert code_of(bring) == "list.mostly_unread"
    assert bring(damaged=True).snapshot.entries == 1


def test_an_own_list_keeps_its_mapping(tmp_path: Path, publisher: Publisher) -> None:
    mapping = File("mapping.yaml", b"format: enduse/list-mapping-1\ncolumns: {name: Colour}\n")
    keep(SOURCES["csv"], [File("own.csv", b"Colour,Size\nRed Trading,1\n"), mapping], at=AT, data=tmp_path, word="own-colours")
    place = publisher.put("/own.csv", body(b"Colour,Size\nRed Trading,1\nBlue Trading,2\n"))
    bring = partial(update, "own-colours", addresses={"own-colours": [place]}, reach=REACH, data=tmp_path)
    done = bring(at=AT + timedelta(days=1))
    assert [one.names[0].text for one in entities(tmp_path, done.snapshot)] == ["Red Trading", "Blue Trading"]
    assert [name for name, _, _ in done.snapshot.files] == ["own.csv", "mapping.yaml"]
    assert (done.snapshot.kind, done.snapshot.source) == ("csv", "own-colours")
    assert not bring(at=AT + timedelta(days=2)).new


def test_which_lists_are_updated(tmp_path: Path) -> None:
    assert words_to_update(tmp_path, ["un-sc", "eu-fsf", "un-sc"], ["ca-sema"], {}) == ["un-sc", "eu-fsf"]
    assert words_to_update(tmp_path, [], ["ca-sema", "uk-ofsi"], {}) == ["ca-sema"]
    assert code_of(lambda: words_to_update(tmp_path, [], [], {})) == "fetch.nothing"
    keep(SOURCES["csv"], [File("own.csv", b"Name\nRed Trading\n")], at=AT, data=tmp_path, word="own-colours")
    assert code_of(lambda: words_to_update(tmp_path, [], [], {})) == "fetch.nothing"
    assert words_to_update(tmp_path, [], [], {"own-colours": ["http://x.example/"]}) == ["own-colours"]
    assert code_of(lambda: words_to_update(tmp_path, ["own-colour"], [], {})) == "list.unknown"
    assert code_of(lambda: update("uk-ofsi", addresses={}, reach=REACH, at=AT, data=tmp_path)) == "fetch.no_address"


def test_publishers_addresses_are_secure_and_one_for_each_file() -> None:
    for word, source in SOURCES.items():
        assert all(place.startswith("https://") for place in source.addresses), word
    assert {word for word, source in SOURCES.items() if not source.addresses} == {"uk-ofsi", "ftm", "csv", "us-dpl"}
    assert addresses_of("un-sc", {"un-sc": ["http://mirror.example/un.xml"]}) == ["http://mirror.example/un.xml"]
    assert addresses_of("own-none", {}) == ()


@pytest.mark.parametrize("word", REAL)
def test_real_files_are_fetched_kept_confirmed_and_not_replaced_by_half(word: str, tmp_path: Path, publisher: Publisher) -> None:
    if not SHARED.is_dir():
        pytest.skip("NOT RUN: the shared data are not here")
    data = [(SHARED / name).read_bytes() for name in REAL[word]]
    paths = [f"/{Path(name).name}" for name in REAL[word]]
    places = {word: [publisher.put(path, held_by(f'"{number}"', one)) for number, (path, one) in enumerate(zip(paths, data, strict=True))]}
    bring = partial(update, word, addresses=places, reach=REACH, data=tmp_path, wait=lambda _: None)
    done = bring(at=AT)
    assert done.new and done.read is not None
    assert done.snapshot.counted == done.snapshot.entries + sum(one.whole for one in done.read.skipped)
    assert sum(1 for _ in entities(tmp_path, done.snapshot)) == done.snapshot.entries
    assert not bring(at=AT).new
    half = data[0][: len(data[0]) // 3]
    for reply, code in ((cut(half, len(data[0])), "fetch.half"), (body(PAGE), "list."), (body(half), "list."), (status(503), "fetch.status")):
        publisher.put(paths[0], reply)
        assert code_of(partial(bring, at=AT + timedelta(days=1))).startswith((code, "json."))
        held = latest(tmp_path, word)
        assert held is not None
        assert held.digest == done.snapshot.digest, (word, code)


def test_the_damaged_file_of_2025_does_not_replace_a_good_one(tmp_path: Path, publisher: Publisher) -> None:
    if not SHARED.is_dir():
        pytest.skip("NOT RUN: the shared data are not here")
    good = (SHARED / "UN_consolidated_2026-02-27.xml").read_bytes()
    bad = (SHARED / "UN_consolidated_2025-08-16.xml").read_bytes().replace(b'dateGenerated="2025-08', b'dateGenerated="2026-08')
    place = publisher.put("/un.xml", body(good), body(bad))
    bring = partial(update, "un-sc", addresses={"un-sc": [place]}, reach=REACH, at=AT, data=tmp_path)
    held = bring().snapshot
    assert code_of(bring) == "list.spoilt"
    assert latest(tmp_path, "un-sc") == held


def test_an_endless_answer_replaces_nothing(tmp_path: Path, publisher: Publisher, brought: Any) -> None:
    publisher.put("/list", body(text("2026-11-01", "Ada")))
    held = brought().snapshot
    publisher.put("/list", endless(publisher, b"x\n" * 500_000))
    assert code_of(brought) == "fetch.large"
    assert latest(tmp_path, WORD) == held
