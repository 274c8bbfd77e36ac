"""`enduse ledger`: what it says and with which exit code, of a sound log and of one that somebody changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.conf import settings

from enduse.casework.ledger.actions.checkpointing import ORIGIN, signing_key
from enduse.casework.ledger.models import Record
from enduse.casework.people.actor import Actor
from enduse.stores.keys import create_key
from tests.casework.ledger.logs import busy, installation, past_the_guards, small
from tests.commands import Enduse

__all__ = ["installation"]
Cast = dict[str, Actor]


def test_a_sound_log_is_verified_and_says_what_it_cannot_exclude(enduse: Enduse, installation: Cast) -> None:
    busy(installation)
    ran = enduse("ledger", "verify", "--json")
    said = ran.answer
    assert (ran.code, ran.err, said["verified"], said["findings"], said["checkpoint"]) == (0, "", True, [], None)
    assert [one["code"] for one in said["unproved"]] == ["ledger.unproved_whole", "ledger.unproved_tail"]
    assert said["records"] == Record.objects.count()
    assert set(said) == {
        *("verified", "records", "erased", "first_at", "last_at", "root", "checkpoint", "own_key", "findings", "counts", "unproved"),
        *("compared", "uncompared", "seconds", "lang"),
    }


@pytest.mark.parametrize(("lang", "nothing", "cannot"), [("ru", "Нарушений не найдено", "не исключает"), ("en", "Nothing wrong", "cannot exclude")])
def test_people_are_told(enduse: Enduse, installation: Cast, lang: str, nothing: str, cannot: str) -> None:
    small(installation)
    ran = enduse("ledger", "verify", "--lang", lang)
    assert ran.code == 0
    assert nothing in ran.out
    assert cannot in ran.out


def test_a_checkpoint_is_printed_written_and_verified(enduse: Enduse, installation: Cast, tmp_path: Path) -> None:
    small(installation)
    made = enduse("ledger", "checkpoint", "--output", tmp_path / "note.txt")
    assert (made.code, made.out) == (0, (tmp_path / "note.txt").read_text())
    assert made.out.startswith(f"{ORIGIN}\n12\n")
    ran = enduse("ledger", "verify", "--checkpoint", tmp_path / "note.txt", "--json")
    assert (ran.code, ran.answer["checkpoint"]["size"], ran.answer["own_key"]) == (0, 12, True)
    line = enduse("ledger", "key").out.strip()
    (tmp_path / "key.txt").write_text(line + "\n")
    for key in (line, tmp_path / "key.txt"):
        ran = enduse("ledger", "verify", "--checkpoint", tmp_path / "note.txt", "--key", key, "--json")
        assert (ran.code, ran.answer["own_key"]) == (0, False)
    assert "checkpoint holds: 12 records" in enduse("ledger", "verify", "--checkpoint", tmp_path / "note.txt").out
    assert enduse("ledger", "key", "--json").answer == {"key": signing_key().public}


def test_a_checkpoint_tells_programs_where_it_went(enduse: Enduse, installation: Cast) -> None:
    said = enduse("ledger", "checkpoint", "--json", "--by", "anna@example.org").answer
    assert Path(said["file"]).read_text() == said["note"]
    assert (said["size"], said["mailed"], said["problems"]) == (5, [], [])


def test_a_checkpoint_that_could_not_be_dropped_is_a_no_and_still_printed(enduse: Enduse, installation: Cast) -> None:
    settings.CONFIG.checkpoint_folder.write_text("in the way")
    ran = enduse("ledger", "checkpoint")
    assert (ran.code, ran.out.startswith(ORIGIN)) == (3, True)
    assert "cannot be written" in ran.err or "checkpoints" in ran.err


def test_tampering_is_a_no_and_says_where(enduse: Enduse, installation: Cast, tmp_path: Path) -> None:
    small(installation)
    enduse("ledger", "checkpoint", "--output", tmp_path / "note.txt")
    past_the_guards('DELETE FROM ledger_record WHERE "index" = 7')
    ran = enduse("ledger", "verify", "--checkpoint", tmp_path / "note.txt", "--json")
    assert ran.code == 3
    assert ran.answer["verified"] is False
    assert [one["record"] for one in ran.answer["findings"] if one["code"] == "ledger.gap"] == [7]
    assert {"ledger.gap", "ledger.root", "ledger.head"} <= set(ran.answer["counts"])
    told = enduse("ledger", "verify", "--lang", "ru")
    assert (told.code, "НЕ СХОДИТСЯ" in told.out, "запись 7: ждали запись 7" in told.out) == (3, True, True)


def test_of_many_findings_some_are_told_and_all_counted(enduse: Enduse, installation: Cast) -> None:
    for _ in range(5):
        busy_talk(installation)
    past_the_guards("UPDATE ledger_record SET body = '{}' WHERE kind = 'deal.commented'")
    ran = enduse("ledger", "verify")
    assert ran.code == 3
    assert "… and 10 more of this kind" in ran.out


def busy_talk(cast: Cast) -> None:
    from enduse.casework.deals.actions import files  # noqa: PLC0415
    from enduse.casework.deals.models import Deal  # noqa: PLC0415

    found = Deal.objects.first()
    deal = found.pk if found else small(cast)
    for number in range(6 if found else 0):
        files.comment(deal, by=cast["anna"], text=str(number))


def test_a_bad_checkpoint_or_key_is_a_bad_question(enduse: Enduse, installation: Cast, tmp_path: Path) -> None:
    small(installation)
    note = tmp_path / "note.txt"
    enduse("ledger", "checkpoint", "--output", note)
    other = create_key(tmp_path / "other.pem", ORIGIN).public
    bad = tmp_path / "bad.txt"
    bad.write_text(note.read_text().replace("\n12\n", "\n13\n"))
    (tmp_path / "empty").write_bytes(b"")
    for arguments in (
        ["--checkpoint", bad],
        ["--checkpoint", tmp_path / "absent"],
        ["--checkpoint", tmp_path / "empty"],
        ["--checkpoint", tmp_path],
        ["--checkpoint", tmp_path / "other.pem"],
        ["--checkpoint", note, "--key", other],
        ["--checkpoint", note, "--key", "nonsense"],
    ):
        ran = enduse("ledger", "verify", *arguments)
        assert (ran.code, ran.out, ran.err.startswith("Error: ")) == (2, "", True), arguments


def test_without_a_key_nothing_is_signed(enduse: Enduse, installation: Cast) -> None:
    settings.CONFIG.checkpoint_key.unlink()
    for words in (["checkpoint"], ["key"]):
        ran = enduse("ledger", *words)
        assert (ran.code, "enduse init" in ran.err) == (2, True)


def test_records_are_shown(enduse: Enduse, installation: Cast) -> None:
    deal = small(installation)
    shown = enduse("ledger", "show", "--about", "deal:D-1", "--json").answers
    assert [one["about"] for one in shown] == [f"deal:{deal}"] * 7
    assert shown[-1]["body"] == {"text": "remark 5"}
    assert set(shown[0]) == {"index", "at", "kind", "about", "by", "body_hash", "salt", "body", "erased"}
    assert len(enduse("ledger", "show", "--kind", "deal.commented", "--limit", "2").out.splitlines()) == 2
    assert len(enduse("ledger", "show", "--limit", "0", "--json").answers) == Record.objects.count()
    assert enduse("ledger", "show", "--about", "deal:D-9").code == 2
    assert "no such records" in enduse("ledger", "show", "--kind", "deal.flown").err


def test_a_body_is_erased_by_whom_may_and_where_it_may_be(enduse: Enduse, installation: Cast) -> None:
    small(installation)
    index = Record.objects.filter(kind="deal.commented")[0].pk
    assert enduse("ledger", "erase", index, "--reason", "asked for", "--by", "anna@example.org").code == 3
    assert enduse("ledger", "erase", 0, "--reason", "asked for", "--by", "root@example.org").code == 3
    assert enduse("ledger", "erase", index, "--reason", " ", "--by", "root@example.org").code == 2
    assert enduse("ledger", "erase", index, "--by", "root@example.org").code == 2
    assert enduse("ledger", "erase", 9999, "--reason", "x", "--by", "root@example.org").code == 2
    ran = enduse("ledger", "erase", index, "--reason", "asked for", "--by", "root@example.org", "--json")
    assert (ran.code, ran.answer["erased"]) == (0, index)
    shown = enduse("ledger", "show", "--kind", "deal.commented", "--json").answers[0]
    assert (shown["body"], shown["erased"]) == (None, True)
    assert "(body erased)" in enduse("ledger", "show", "--kind", "deal.commented").out
    assert enduse("ledger", "verify").code == 0


def test_what_people_wrote_cannot_turn_the_terminal(enduse: Enduse, installation: Cast) -> None:
    from enduse.casework.deals.actions import files  # noqa: PLC0415

    files.comment(small(installation), by=installation["anna"], text="\x1b[31mred \u202eflip")
    out = enduse("ledger", "show").out
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert json.loads(enduse("ledger", "show", "--json", "--limit", "1").out)["body"]["text"] == "\x1b[31mred \u202eflip"
