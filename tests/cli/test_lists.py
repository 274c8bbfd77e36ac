"""`enduse lists`: taking a list in and saying what is held."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import Any

import pytest

from enduse.sources.registry import SOURCES
from enduse.stores import updating
from enduse.stores.indexes import forget
from tests.commands import Enduse
from tests.stores.publisher import Publisher, body, cut, held_by, publishing, status

OWN = "Name,Country,Alias\nRosa Quill Trading,Kenya,Quill\n,Kenya,\nVarnet Systems,Nowhere,\n"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ENDUSE_DATA", str(tmp_path / "data"))
    path = tmp_path / "own.csv"
    path.write_text(OWN, "utf-8")
    return path


def test_nothing_is_held_at_first(own: Path, enduse: Enduse) -> None:
    ran = enduse("lists")
    assert (ran.code, "No list is held" in ran.out) == (0, True)
    assert enduse("lists", "--json").out == ""


def test_a_list_is_taken_in_and_then_held(own: Path, enduse: Enduse) -> None:
    ran = enduse("lists", "import", "csv", own)
    assert ran.code == 0, ran.err
    assert "entries: 2" in ran.out
    assert "own.csv:3: an entry without any name" in ran.err
    held = enduse("lists", "--json").answer
    assert (held["list"], held["counted"], held["entries"], held["published"], held["age_days"]) == ("csv", 3, 2, None, 0)
    assert sum(held["skipped"].values()) >= 2  # no name, and a country that there is not
    assert enduse("lists", "--lang", "ru").out.startswith("csv · издатель дня не указал")


def test_everything_not_taken_over_is_told_to_programs(own: Path, enduse: Enduse) -> None:
    told = enduse("lists", "import", "csv", own, "--json").answer["not_taken_over"]
    assert {"place", "code", "text", "whole"} == set(told[0])
    assert any(one["whole"] for one in told)
    assert all(one["text"] for one in told)


def test_what_is_no_list_is_a_bad_question_and_takes_nothing_in(own: Path, enduse: Enduse, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<!doctype html><html><body>Service unavailable</body></html>", "utf-8")
    for source, file, told in (
        ("un-sc", page, "un-sc"),
        ("un-scc", own, "un-sc"),
        ("us-dpl", own, "us-dpl"),
        ("csv", tmp_path / "none.csv", "none.csv"),
    ):
        ran = enduse("lists", "import", source, file)
        assert ran.code == 2
        assert told in ran.err
        assert "Traceback" not in ran.err
    assert enduse("lists", "--json").out == ""
    assert enduse("lists", "import", "csv").code == 2


def test_a_list_that_has_shrunk_needs_a_word(own: Path, enduse: Enduse) -> None:
    assert enduse("lists", "import", "csv", own).code == 0
    own.write_text("Name\n" + "A Person\n" * 0, "utf-8")
    assert enduse("lists", "import", "csv", own).code == 2
    own.write_text("Name\n" + "".join(f"Somebody {number}\n" for number in range(9)), "utf-8")
    assert enduse("lists", "import", "csv", own).code == 0
    own.write_text("Name\nSomebody 1\n", "utf-8")
    ran = enduse("lists", "import", "csv", own)
    assert (ran.code, "--smaller" in ran.err) == (2, True)
    assert enduse("lists", "import", "csv", own, "--smaller").code == 0


def test_a_listing_on_a_sample_only_is_said(enduse: Enduse) -> None:
    tried = {word: source.tried_on for word, source in SOURCES.items()}
    assert {word for word, on in tried.items() if on == "sample"} == {"eu-fsf", "uk-sl", "uk-ofsi", "ru-rosfin"}


def days(word: str, state: str, enduse: Enduse) -> dict[str, object]:
    (found,) = [one for one in enduse("lists", "--json").answers if one["list"] == word]
    assert found["state"] == state
    return dict(found)


def test_own_lists_have_words_of_their_own(own: Path, enduse: Enduse, tmp_path: Path) -> None:
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text("format: enduse/list-mapping-1\ncolumns: {name: Alias}\n", "utf-8")
    assert enduse("lists", "import", "csv", own, "--as", "own-partners").code == 0
    ran = enduse("lists", "import", "csv", "--as", "own-alias", "--mapping", mapping, own, "--damaged")  # most rows have none
    assert (ran.code, "own-alias" in ran.out) == (0, True)
    assert [(one["list"], one["kind"], one["limit_days"]) for one in enduse("lists", "--json").answers] == [
        ("own-alias", "csv", 365),
        ("own-partners", "csv", 365),
    ]
    for arguments, told in (
        (("un-sc", own, "--as", "own-un"), "--as"),
        (("csv", own, "--as", "un-sc"), "un-sc"),
        (("csv", own, "--as", "../x"), "hyphens"),
        (("ftm", own, "--as", "own-partners"), "csv"),
    ):
        ran = enduse("lists", "import", *arguments)
        assert (ran.code, told in ran.err) == (2, True), ran.err


def test_an_older_list_is_taken_in_and_the_newer_one_stays(own: Path, enduse: Enduse, tmp_path: Path) -> None:
    mapping = tmp_path / "mapping.yaml"
    for day, told in (("2026-11-10", False), ("2026-11-01", True)):
        mapping.write_text(f"format: enduse/list-mapping-1\npublished: {day}\ncolumns: {{name: Name}}\n", "utf-8")
        ran = enduse("lists", "import", "csv", own, mapping)
        assert ("newer" in ran.err) == told
    assert enduse("lists", "--json").answer["day"] == "2026-11-10"


def brought(enduse: Enduse, *arguments: object) -> dict[str, Any]:
    """A list taken in, as programs are told."""
    ran = enduse("lists", "import", *arguments, "--json")
    assert ran.code == 0, ran.err
    return dict(ran.answer)


def test_a_list_without_a_day_is_said_to_count_as_of_the_day_it_is_taken_in(own: Path, enduse: Enduse) -> None:
    for lang, told in (("en", "counts as of the day on which it was taken in"), ("ru", "считается списком того дня, когда принят")):
        ran = enduse("lists", "import", "csv", own, "--lang", lang)
        assert (ran.code, told in ran.err, "--published" in ran.err) == (0, True, True)
        (warning,) = brought(enduse, "csv", own, "--lang", lang)["warnings"]
        assert (warning["code"], told in warning["text"], "--published" in warning["text"]) == ("lists.undated", True, True)


def test_the_day_of_a_list_is_told_by_hand_and_its_age_counts_from_there(own: Path, enduse: Enduse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENDUSE_LISTS", "csv")
    monkeypatch.setenv("ENDUSE_LIST_DAYS", "csv=30")
    for given in ("2020-01-31", "31.01.2020"):
        told = brought(enduse, "csv", own, "--published", given)
        assert (told["day"], told["published"], told["day_by_hand"], told["current"]) == ("2020-01-31", None, "2020-01-31", "2020-01-31")
        assert told["warnings"] == []
    held = enduse("lists", "--json").answer
    assert (held["state"], held["day_by_hand"], held["age_days"]) == ("old", "2020-01-31", told["age_days"])
    assert "of 2020-01-31 (told by hand)" in enduse("lists").out
    assert "от 2020-01-31 (день назван вручную)" in enduse("lists", "--lang", "ru").out
    ran = enduse("screen", "Nobody At All", "--json")
    assert (ran.code, ran.answer["complete"], ran.answer["receipt"]["lists"][0]["current"]) == (2, False, "2020-01-31")
    ran = enduse("lists", "import", "csv", own)  # brought again, and nothing new is said of its day
    assert ("told by hand" in ran.out, "--published" in ran.err) == (True, False)
    assert days("csv", "old", enduse)["day_by_hand"] == "2020-01-31"


def test_a_day_that_is_none_or_to_come_or_not_the_files_takes_nothing_in(own: Path, enduse: Enduse, tmp_path: Path) -> None:
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text("format: enduse/list-mapping-1\npublished: 2026-01-10\ncolumns: {name: Name}\n", "utf-8")
    for given, told in (
        ("soon", "soon"),
        ("", "2026-11-02"),
        ("31.02.2026", "31.02.2026"),
        ("01/02/2026", "01/02/2026"),
        ("2999-01-01", "2999-01-01"),
    ):
        ran = enduse("lists", "import", "csv", own, "--published", given)
        assert (ran.code, told in ran.err, "Traceback" in ran.err) == (2, True, False), ran.err
    ran = enduse("lists", "import", "csv", own, mapping, "--published", "2026-01-09")
    assert (ran.code, "2026-01-10" in ran.err, "2026-01-09" in ran.err) == (2, True, True)
    assert enduse("lists", "--json").out == ""
    answer = brought(enduse, "csv", own, mapping, "--published", "10.01.2026")
    assert (answer["published"], answer["day_by_hand"]) == ("2026-01-10", None)


def test_an_older_list_told_of_by_hand_is_taken_in_and_the_newer_one_stays(own: Path, enduse: Enduse) -> None:
    brought(enduse, "csv", own, "--published", "2026-01-10")
    own.write_text(OWN.replace("Rosa", "Lila"), "utf-8")
    (warning,) = brought(enduse, "csv", own, "--published", "2026-01-09")["warnings"]
    assert (warning["code"], "2026-01-10" in warning["text"]) == ("lists.newer", True)
    assert enduse("lists", "--json").answer["day"] == "2026-01-10"
    own.write_text(OWN, "utf-8")
    told = brought(enduse, "csv", own, "--published", "2026-01-08")  # put right: now the other one is newer
    assert [one["code"] for one in told["warnings"]] == ["lists.newer"]
    assert enduse("lists", "--json").answer["day"] == "2026-01-09"


def test_today_is_the_day_of_the_installation(own: Path, enduse: Enduse, monkeypatch: pytest.MonkeyPatch) -> None:
    now = datetime(2026, 11, 20, 22, 30, tzinfo=UTC)  # the 21st has begun in Moscow

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return now.astimezone(tz)

    monkeypatch.setattr("enduse.cli.lists.datetime", Clock)
    for zone, code in (("UTC", 2), ("Europe/Moscow", 0)):
        monkeypatch.setenv("ENDUSE_TIME_ZONE", zone)
        assert enduse("lists", "import", "csv", own, "--published", "2026-11-21").code == code


def test_how_lists_stand_is_said(own: Path, enduse: Enduse, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ENDUSE_LISTS", "un-sc own-a")
    monkeypatch.setenv("ENDUSE_LIST_DAYS", "own-a=30")
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text("format: enduse/list-mapping-1\npublished: 2020-01-01\ncolumns: {name: Name}\n", "utf-8")
    enduse("lists", "import", "csv", own, mapping, "--as", "own-a")
    enduse("lists", "import", "csv", own, "--as", "own-b")
    assert days("un-sc", "missing", enduse) == {"list": "un-sc", "state": "missing", "age_days": None, "limit_days": 7, "chosen": True}
    assert days("own-a", "old", enduse)["limit_days"] == 30
    assert days("own-b", "ok", enduse)["chosen"] is False
    ran = enduse("lists")
    assert (ran.code, "MISSING" in ran.out, "TOO OLD" in ran.out) == (0, True, True)
    assert "УСТАРЕЛ" in enduse("lists", "--lang", "ru").out
    path = next((tmp_path / "data" / "lists" / "own-b").rglob("list.json"))
    path.write_text("{", "utf-8")
    assert (days("own-b", "damaged", enduse)["why"], "why" in days("own-a", "old", enduse)) == (str(path), False)
    ran = enduse("lists")
    assert (ran.code, "DAMAGED" in ran.out, "TOO OLD" in ran.out) == (2, True, True)


def test_a_wrong_setting_is_told(enduse: Enduse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENDUSE_LIST_DAYS", "un-sc=soon")
    ran = enduse("lists")
    assert (ran.code, "ENDUSE_LIST_DAYS" in ran.err) == (2, True)


@pytest.fixture
def publisher(monkeypatch: pytest.MonkeyPatch) -> Iterator[Publisher]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with publishing() as found:
        places = [f"{word}={found.base}/{word}" for word in ("own-a", "own-b", "own-c", "un-sc")]
        monkeypatch.setenv("ENDUSE_LIST_ADDRESSES", " ".join(places))
        monkeypatch.setenv("ENDUSE_LIST_SECONDS", "1")  # so that nothing is waited for and tried again
        yield found


def test_one_list_that_fails_stops_no_other(publisher: Publisher, enduse: Enduse) -> None:
    publisher.put("/own-a", body(OWN.encode()))
    publisher.put("/own-b", status(404))
    publisher.put("/own-c", held_by('"1"', OWN.replace("Rosa", "Lila").encode()))
    ran = enduse("lists", "update", "own-b", "own-a", "own-c")
    assert ran.code == 2
    assert "Error: own-b: http://127.0.0.1" in ran.err and "404" in ran.err
    assert [line.rpartition(" · ")[2] for line in ran.out.splitlines()] == ["updated", "updated"]
    ran = enduse("lists", "update", "own-a", "own-b", "own-c", "--json")
    assert (ran.code, [one["result"] for one in ran.answers]) == (2, ["same", "failed", "same"])
    assert ran.answers[1]["problems"][0]["code"] == "fetch.status"
    assert ran.answers[2]["checked"] > ran.answers[2]["taken"]
    assert enduse("lists", "update", "own-c", "--lang", "ru").out.endswith("без изменений\n")


def test_the_chosen_lists_are_updated_and_one_without_an_address_is_named(
    publisher: Publisher, enduse: Enduse, monkeypatch: pytest.MonkeyPatch
) -> None:
    publisher.put("/own-a", body(OWN.encode()))
    monkeypatch.setenv("ENDUSE_LISTS", "own-a own-z")
    ran = enduse("lists", "update")
    assert (ran.code, "own-a" in ran.out, "own-z: no address" in ran.err) == (0, True, True)
    assert enduse("lists", "update", "own-z").code == 2
    ran = enduse("lists", "update", "un-scc")
    assert (ran.code, "un-sc" in ran.err) == (2, True)
    monkeypatch.setenv("ENDUSE_LISTS", "own-z")
    assert enduse("lists", "update").code == 2


def test_an_error_page_or_half_a_list_leaves_the_old_one(publisher: Publisher, enduse: Enduse) -> None:
    rows = "".join(f"Somebody {number}\n" for number in range(20))
    publisher.put("/own-a", body(f"Name\n{rows}".encode()))
    assert enduse("lists", "update", "own-a", "--json").answer["entries"] == 20
    for reply, told in (
        (body(b"<!doctype html><html></html>"), "HTML"),
        (cut(b"Name\nSomebody\n", 500), "14 bytes of 500"),
        (body(b"Name\nSomebody\n"), "--smaller"),
    ):
        publisher.put("/own-a", reply)
        ran = enduse("lists", "update", "own-a")
        assert (ran.code, told in ran.err) == (2, True), ran.err
        assert "Traceback" not in ran.err
    assert enduse("lists", "--json").answer["entries"] == 20
    ran = enduse("lists", "update", "--smaller")
    assert (ran.code, "Name it" in ran.err) == (2, True)
    assert enduse("lists", "update", "own-a", "--smaller").code == 0


def test_our_own_fault_is_said_and_the_others_go_on(publisher: Publisher, enduse: Enduse, monkeypatch: pytest.MonkeyPatch) -> None:
    publisher.put("/own-a", body(OWN.encode()))
    real = updating.update

    def broken(word: str, **options: Any) -> Any:
        if word == "own-b":
            raise RuntimeError("oh")
        return real(word, **options)

    monkeypatch.setattr(updating, "update", broken)
    ran = enduse("lists", "update", "own-b", "own-a", "own-c")
    assert (ran.code, "RuntimeError: oh" in ran.err, "own-a" in ran.out) == (1, True, True)


def test_a_first_list_that_is_mostly_unread_needs_a_word(own: Path, enduse: Enduse) -> None:
    own.write_text("Name,Country\nRosa Quill,Kenya\n,Kenya\n,Peru\n", "utf-8")
    ran = enduse("lists", "import", "csv", own)
    assert (ran.code, "--damaged" in ran.err) == (2, True)
    assert enduse("lists", "--json").out == ""
    assert enduse("lists", "import", "csv", own, "--damaged").code == 0


def test_a_list_ages_by_the_days_of_the_installation(
    own: Path, publisher: Publisher, enduse: Enduse, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    now = datetime(2026, 11, 20, 22, 30, tzinfo=UTC)  # the 21st has begun in Moscow

    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return now.astimezone(tz)

    monkeypatch.setattr("enduse.cli.lists.datetime", Clock)
    mapping = b"format: enduse/list-mapping-1\npublished: 2026-11-20\ncolumns: {name: Name}\n"
    (tmp_path / "mapping.yaml").write_bytes(mapping)
    for zone, age in (("Europe/Moscow", 1), ("UTC", 0)):
        monkeypatch.setenv("ENDUSE_TIME_ZONE", zone)
        assert enduse("lists", "import", "csv", own, tmp_path / "mapping.yaml", "--json").answer["age_days"] == age
        assert {one["age_days"] for one in enduse("lists", "--json").answers} == {age}
        publisher.put("/own-a", body(OWN.encode()))
        assert enduse("lists", "update", "own-a", "--json").answer["age_days"] == age


def indexes(own: Path) -> list[tuple[str, int]]:
    return [(path.name, path.stat().st_ino) for path in (own.parent / "data" / "indexes").glob("*.index")]


def test_the_index_of_the_chosen_lists_is_built_beforehand(own: Path, publisher: Publisher, enduse: Enduse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENDUSE_LISTS", "own-b own-a un-sc")
    publisher.put("/own-a", body(OWN.encode()))
    assert enduse("lists", "import", "csv", own, "--as", "own-z").code == 0
    assert indexes(own) == []  # not chosen: no search in the workbench looks at it
    assert enduse("lists", "import", "csv", own, "--as", "own-b").code == 0
    before = indexes(own)
    assert enduse("lists", "update", "own-a").code == 0
    built = indexes(own)
    assert (len(before), len(built)) == (1, 2)
    forget()
    assert enduse("screen", "Rosa Quill Trading", "--json").answer["hits"]
    assert indexes(own) == built  # the search found it


def test_an_index_that_cannot_be_built_is_told_and_stops_nothing(
    own: Path, publisher: Publisher, enduse: Enduse, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise MemoryError("no room")

    monkeypatch.setattr("enduse.stores.screening.desk", broken)
    publisher.put("/own-a", body(OWN.encode()))
    for arguments in (("import", "csv", own), ("update", "own-a")):
        ran = enduse("lists", *arguments, "--json")
        assert (ran.code, len(ran.answers), "MemoryError" in ran.err, "Traceback" in ran.err) == (0, 1, True, False)
