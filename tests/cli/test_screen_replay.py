"""`enduse screen --replay`: the same, what differs, what was altered, and what cannot be made again."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from enduse.domain.rules import fingerprint
from enduse.formats.receipts import DIGEST
from enduse.stores.indexes import forget
from tests.commands import Enduse
from tests.listed import NAMES, STRANGER, hold

Receipt = dict[str, Any]


@pytest.fixture
def receipt(tmp_path: Path, enduse: Enduse) -> Path:
    """The receipt of a hit."""
    forget()
    hold(tmp_path / "data")
    path = tmp_path / "r.json"
    assert enduse("screen", NAMES[0], "--receipt", path).code == 3
    return path


def rewritten(path: Path, change: Callable[[Receipt], object], *, signed: bool) -> Path:
    """The receipt with something changed, and where `signed` its digest made to fit."""
    data: Receipt = json.loads(path.read_text("utf-8"))
    change(data)
    if signed:
        data[DIGEST] = fingerprint({name: value for name, value in data.items() if name != DIGEST})
    path.write_text(json.dumps(data), "utf-8")
    return path


def test_the_same_is_nought_also_after_a_newer_list_came(receipt: Path, enduse: Enduse, tmp_path: Path) -> None:
    hold(tmp_path / "data", "Somebody else")
    forget()
    ran = enduse("screen", "--replay", receipt)
    assert (ran.code, "the same" in ran.out) == (0, True), ran.err
    assert enduse("screen", "--replay", receipt, "--json").answer["same"] is True


def test_an_altered_receipt_is_three(receipt: Path, enduse: Enduse) -> None:
    rewritten(receipt, lambda data: data["hits"].clear(), signed=False)
    ran = enduse("screen", "--replay", receipt)
    assert (ran.code, "was altered" in ran.out) == (3, True)
    assert "altered" in enduse("screen", "--replay", receipt, "--json").answer["differs"]


def test_an_altered_receipt_with_a_new_digest_still_differs(receipt: Path, enduse: Enduse) -> None:
    rewritten(receipt, lambda data: data["hits"].clear(), signed=True)
    ran = enduse("screen", "--replay", receipt)
    assert (ran.code, "differs" in ran.out, "score" in ran.out) == (3, True, True)


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data["hits"][0].update(score=0.5),
        lambda data: data["hits"][0].update(name="Somebody"),
        lambda data: data["query"].update(name=STRANGER),
        lambda data: data.update(more=4),
        lambda data: data["blind"].append({"code": "blind.no_letter", "values": {}}),
        lambda data: data.update(complete=False),
        lambda data: data.update(at="2020-01-01T00:00:00Z"),
        lambda data: data.update(unsearched=[]),
        lambda data: data["lists"][0].update(entries=999_999, publisher="The Holy See"),
        lambda data: data["lists"][0].update(state="damaged") or data.update(hits=[], more=0, complete=True),
    ],
)
def test_whatever_else_is_changed_differs_too(receipt: Path, enduse: Enduse, change: Callable[[Receipt], object]) -> None:
    assert enduse("screen", "--replay", rewritten(receipt, change, signed=True)).code == 3


def test_a_snapshot_that_is_gone_and_an_unknown_algorithm_are_two(receipt: Path, enduse: Enduse, tmp_path: Path) -> None:
    whole = receipt.read_bytes()
    rewritten(receipt, lambda data: data.update(algorithm="names-0"), signed=True)
    assert enduse("screen", "--replay", receipt).code == 2
    receipt.write_bytes(whole)
    shutil.rmtree(tmp_path / "data" / "lists")
    ran = enduse("screen", "--replay", receipt)
    assert (ran.code, "is not held here any more" in ran.err) == (2, True)


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.update(lists=[], hits=[], more=0, complete=False),
        lambda data: data["norms"].update(threshold=1.5) or data.update(hits=[]),
        lambda data: data["norms"].update(threshold=float("nan")) or data.update(hits=[]),
        lambda data: data["norms"].update(limit=0) or data.update(hits=[], more=1),
        lambda data: data.update(note="believe me"),
        lambda data: data["lists"][0].update(list="a" * 5000),
    ],
)
def test_what_no_search_can_have_given_is_no_receipt_and_no_page_of_it_is_printed(
    receipt: Path, enduse: Enduse, tmp_path: Path, change: Callable[[Receipt], object]
) -> None:
    ran = enduse("screen", "--replay", rewritten(receipt, change, signed=True), "--pdf", tmp_path / "r.pdf")
    assert (ran.code, "Traceback" in ran.err, (tmp_path / "r.pdf").exists()) == (2, False, False), ran.err


def test_a_key_that_stands_twice_makes_it_no_receipt(receipt: Path, enduse: Enduse) -> None:
    receipt.write_text(receipt.read_text("utf-8").replace("{", '{"complete": true,', 1), "utf-8")
    assert enduse("screen", "--replay", receipt).code == 2


def test_answers_replay_line_by_line_and_a_line_that_was_changed_is_seen(tmp_path: Path, enduse: Enduse, receipt: Path) -> None:
    table, answers = tmp_path / "n.csv", tmp_path / "h.jsonl"
    table.write_text(f"name\n{NAMES[0]}\n{STRANGER}\n\n", "utf-8")
    assert enduse("screen", "--input", table, "--output", answers, "--workers", 1).code == 3
    assert enduse("screen", "--replay", answers).code == 0
    first, second = map(json.loads, answers.read_text("utf-8").splitlines())
    changes: tuple[Receipt, ...] = (
        {"hits": [{**first["hits"][0], "score": 0.1}]},
        {"hits": [{**first["hits"][0], "explanation": ["nothing"]}]},
        {"name": STRANGER},
        {"complete": False},
        {"not_covered": []},
    )
    for changed in changes:
        answers.write_text(json.dumps({**first, **changed}) + "\n" + json.dumps(second) + "\n", "utf-8")
        ran = enduse("screen", "--replay", answers, "--json")
        assert (ran.code, [one["same"] for one in ran.answers]) == (3, [False, True])


@pytest.mark.parametrize("text", ["", "[]", "{}", "no json", '{"format": "enduse/receipt-1"}', '{"error": "bad", "id": 1}', '{"receipt": 5}', "\xff"])
def test_what_is_no_receipt_is_two(tmp_path: Path, enduse: Enduse, text: str) -> None:
    path = tmp_path / "r.json"
    path.write_bytes(text.encode("latin-1"))
    for arguments in ([], ["--json"]):
        ran = enduse("screen", "--replay", path, *arguments)
        assert ran.code == 2
        assert "Traceback" not in ran.err
    assert enduse("screen", "--replay", tmp_path / "none.json").code == 2


def test_a_page_is_printed_of_what_replayed_alone(receipt: Path, enduse: Enduse, tmp_path: Path) -> None:
    assert enduse("screen", "--replay", receipt, "--pdf", tmp_path / "r.pdf").code == 0
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF")
    rewritten(receipt, lambda data: data["hits"].clear(), signed=False)
    assert enduse("screen", "--replay", receipt, "--pdf", tmp_path / "other.pdf").code == 3
    assert not (tmp_path / "other.pdf").exists()
