"""`enduse replay`: the same again under what was recorded, or what differs; and one bad line never stops the others."""

from __future__ import annotations

import contextlib
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import enduse.cli.replay as module
from enduse.cli.main import run
from tests.builders import PERMIT, file_with
from tests.commands import STOPPED, Enduse, deal_file

ACT = (
    "format: enduse/act-1\nact: ROBOTA-1\ntitle: {ru: А, en: B}\ndated: 2026-11-01\nedition: 2026-1\n"
    'rules: [{rule: own, effect: refuse, when: export, clauses: ["1.7"], text: {ru: "Нельзя.", en: "Not allowed."}}]\n'
)


def decisions(enduse: Enduse, folder: Path, *deals: Path, more: tuple[object, ...] = (), name: str = "decisions.jsonl") -> Path:
    """The recorded answers on deals, as a file."""
    path = folder / name
    path.write_text(enduse("assess", "--json", *deals, *more).out, "utf-8")
    return path


def changed(path: Path, **changes: Any) -> Path:
    """The first decision of a file with keys changed; None takes one out."""
    data = json.loads(path.read_text("utf-8").splitlines()[0])
    data = {key: value for key, value in (data | changes).items() if value is not None or key == "act"}
    path.write_text(json.dumps(data) + "\n", "utf-8")
    return path


@pytest.fixture
def recorded(enduse: Enduse, tmp_path: Path) -> tuple[Path, Path]:
    """A decision and its deal."""
    deal = deal_file(tmp_path, **STOPPED)
    return decisions(enduse, tmp_path, deal), deal


def test_what_was_decided_is_decided_again(enduse: Enduse, tmp_path: Path) -> None:
    deals = [
        deal_file(tmp_path, f"{n}.yaml", reference=f"D-{n}", **change) for n, change in enumerate(({}, STOPPED, {"permit": PERMIT}, {"checks": []}))
    ]
    path = decisions(enduse, tmp_path, *deals)
    ran = enduse("replay", path, *(word for deal in deals for word in ("--deals", deal)), "--json")
    assert (ran.code, ran.err) == (0, "")
    assert ran.answers == [{"reference": f"D-{n}", "same": True} for n in range(4)]
    people = enduse("replay", path, *(word for deal in deals for word in ("--deals", deal)))
    assert people.out.splitlines() == [*(f"D-{n}: the same" for n in range(4)), "Decisions 4: the same 4, differing 0, bad 0"]


def test_deals_may_lie_in_one_jsonl_and_in_another_language(enduse: Enduse, tmp_path: Path) -> None:
    deals = tmp_path / "deals.jsonl"
    deals.write_text("\n".join(json.dumps(file_with(reference=name)) for name in "ABC"))
    path = decisions(enduse, tmp_path, deals, more=("--lang", "ru"))
    assert enduse("replay", path, "--deals", deals).code == 0
    assert "A: то же" in enduse("replay", path, "--deals", deals, "--lang", "ru").out


def test_decisions_may_come_by_standard_input(enduse: Enduse, recorded: tuple[Path, Path]) -> None:
    path, deal = recorded
    assert enduse("replay", "-", "--deals", deal, stdin=path.read_bytes()).code == 0


def test_a_decision_without_a_day_in_the_deal_is_replayed_for_its_own(enduse: Enduse, tmp_path: Path) -> None:
    deal = deal_file(tmp_path, date=None, permit=PERMIT, **STOPPED)
    path = decisions(enduse, tmp_path, deal)
    assert enduse("replay", path, "--deals", deal).code == 0
    changed(path, at="2028-01-01")  # the permit is over by then
    ran = enduse("replay", path, "--deals", deal, "--json")
    assert ran.answer["differs"]["facts.permit"]["now"] == "none"


def test_the_scenarios_replay(enduse: Enduse, tmp_path: Path, shared: Path) -> None:
    deals = sorted((shared / "scenarios").glob("*.yaml"))
    path = decisions(enduse, tmp_path, *deals)
    assert enduse("replay", path, *(word for deal in deals for word in ("--deals", deal))).code == 0


def test_what_differs_is_told(enduse: Enduse, recorded: tuple[Path, Path]) -> None:
    path, deal = recorded
    facts = json.loads(path.read_text())["facts"]
    changed(path, outcome="proceed", clauses=["5.2"], rules=["floor"], facts={**facts, "risk": "identified", "weather": "bad"})
    ran = enduse("replay", path, "--deals", deal, "--json")
    assert ran.code == 3
    differs = ran.answer["differs"]
    assert differs["outcome"] == {"recorded": "proceed", "now": "hold"}
    assert differs["clauses"] == {"recorded": ["5.2"], "now": ["4.2"]}
    assert differs["facts.risk"] == {"recorded": "identified", "now": "none"}
    assert differs["facts.weather"] == {"recorded": "bad", "now": None}
    people = enduse("replay", path, "--deals", deal)
    assert people.code == 3
    assert '  outcome: recorded "proceed", now "hold"' in people.out
    assert "записано" in enduse("replay", path, "--deals", deal, "--lang", "ru").out


def test_facts_that_changed_with_the_deal_are_told(enduse: Enduse, tmp_path: Path, recorded: tuple[Path, Path]) -> None:
    path, _ = recorded
    other = deal_file(tmp_path, "other.yaml")
    differs = enduse("replay", path, "--deals", other, "--json").answer["differs"]
    assert set(differs) == {"facts.military_evidence", "outcome", "rules", "clauses"}


def test_content_that_changed_without_effect_is_noted(enduse: Enduse, tmp_path: Path, recorded: tuple[Path, Path]) -> None:
    path, _ = recorded
    other = deal_file(tmp_path, "other.yaml", title="Another title", **STOPPED)
    ran = enduse("replay", path, "--deals", other)
    assert ran.code == 0
    assert "content has changed" in ran.out
    assert enduse("replay", path, "--deals", other, "--json").answer["notes"]


def test_another_engine_is_noted(enduse: Enduse, recorded: tuple[Path, Path]) -> None:
    path, deal = recorded
    changed(path, engine="enduse 0.0.1")
    ran = enduse("replay", path, "--deals", deal)
    assert ran.code == 0
    assert "decided by enduse 0.0.1" in ran.out


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"table": "sha256:0"}, "the recorded rule table is sha256:0"),
        ({"edition": "2020-1"}, "the recorded edition is 2020-1, which is not held"),
        ({"edition": ".."}, "which is not held"),
        ({"act": {"act": "X", "fingerprint": "sha256:1"}}, "the recorded act is sha256:1, and the one given is none"),
        ({"act": "sha256:1"}, "the recorded act is sha256:1"),
    ],
)
def test_another_table_edition_or_act_is_a_no(enduse: Enduse, recorded: tuple[Path, Path], change: dict[str, Any], said: str) -> None:
    path, deal = recorded
    changed(path, **change)
    ran = enduse("replay", path, "--deals", deal, "--json")
    assert ran.code == 3
    assert said in ran.answer["differs"]["record"]
    assert said in enduse("replay", path, "--deals", deal).out


def test_a_decision_under_an_act_replays_only_with_it(enduse: Enduse, tmp_path: Path) -> None:
    act, other, deal = tmp_path / "act.yaml", tmp_path / "other.yaml", deal_file(tmp_path)
    act.write_text(ACT)
    other.write_text(ACT.replace("ROBOTA-1", "ROBOTA-2"))
    path = decisions(enduse, tmp_path, deal, more=("--act", act))
    assert enduse("replay", path, "--deals", deal, "--act", act).code == 0
    assert enduse("replay", path, "--deals", deal).code == 3
    assert enduse("replay", path, "--deals", deal, "--act", other).code == 3
    plain = decisions(enduse, tmp_path, deal, name="plain.jsonl")
    ran = enduse("replay", plain, "--deals", deal, "--act", act)
    assert ran.code == 3
    assert "the recorded act is none" in ran.out


def test_an_act_is_read_once_for_all_decisions(enduse: Enduse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    act, deals = tmp_path / "act.yaml", tmp_path / "deals.jsonl"
    act.write_text(ACT)
    deals.write_text("\n".join(json.dumps(file_with(reference=f"D-{n}")) for n in range(20)))
    path = decisions(enduse, tmp_path, deals, more=("--act", act))
    read: list[str] = []
    name = next(name for name in ("accepted_act", "accepted") if hasattr(module, name))
    once = getattr(module, name)

    def counted(*arguments: Any) -> Any:
        read.append("once")
        return once(*arguments)

    monkeypatch.setattr(module, name, counted)
    assert enduse("replay", path, "--deals", deals, "--act", act).code == 0
    assert read == ["once"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("nonsense", "does not parse"),
        ("[1]", "is not a decision"),
        ('"D-1"', "is not a decision"),
        ("{}", "the key `reference` is missing"),
        ('{"reference": "D-1"}', "the key `outcome` is missing"),
        ('{"reference": "D-1", "error": "it was bad", "where": "x:1"}', "it was bad"),
        ('{"reference": null, "error": "it was bad", "where": "x:1"}', "it was bad"),
        ('{"a": 1, "a": 2}', "is repeated"),
        ("[" * 100_000, "nested more than"),
        ("\x00", "not text"),
    ],
)
def test_a_line_that_is_no_decision_is_told_and_the_others_go_on(enduse: Enduse, recorded: tuple[Path, Path], line: str, said: str) -> None:
    path, deal = recorded
    good = path.read_text()
    path.write_text(good + line + "\n" + good)
    ran = enduse("replay", path, "--deals", deal, "--json")
    assert ran.code == 2
    first, bad, last = ran.answers
    assert first["same"] and last["same"]
    assert bad["where"] == f"{path}:2"
    assert any(said in error["error"] for error in bad["errors"])
    people = enduse("replay", path, "--deals", deal)
    assert f"Error: {path}:2: " in people.err
    assert "Decisions 3: the same 2, differing 0, bad 1" in people.out


@pytest.mark.parametrize("at", ["2026-02-30", "yesterday", "", 7])
def test_a_decision_for_no_day_is_told(enduse: Enduse, recorded: tuple[Path, Path], at: object) -> None:
    path, deal = recorded
    changed(path, at=at)
    ran = enduse("replay", path, "--deals", deal)
    assert ran.code == 2
    assert f"Error: {path}:1: `at`: `{at}` is not a date" in ran.err


def test_a_deal_that_is_not_there_or_there_twice_is_told(enduse: Enduse, tmp_path: Path, recorded: tuple[Path, Path]) -> None:
    path, deal = recorded
    other = deal_file(tmp_path, "other.yaml", reference="D-2")
    ran = enduse("replay", path, "--deals", other)
    assert ran.code == 2
    assert f"{path}:1: there is no deal `D-1`" in ran.err
    ran = enduse("replay", path, "--deals", deal, "--deals", deal)
    assert ran.code == 2
    assert "`D-1` stands twice" in ran.err


def test_a_bad_deal_that_is_asked_for_is_told_at_its_own_line(enduse: Enduse, tmp_path: Path, recorded: tuple[Path, Path]) -> None:
    path, _ = recorded
    bad = tmp_path / "bad.yaml"
    bad.write_text("format: enduse/deal-1\nreference: D-1\n\nrisk: low\n")
    ran = enduse("replay", path, "--deals", bad)
    assert ran.code == 2
    assert f"Error: {bad}:4: `risk`: `low`" in ran.err


def test_deals_that_cannot_be_read_are_told_and_the_others_replay(enduse: Enduse, tmp_path: Path, recorded: tuple[Path, Path]) -> None:
    path, deal = recorded
    (tmp_path / "broken.jsonl").write_text('{\n{"format": "enduse/deal-1", "reference": "D-7"}\n[]\n')
    ran = enduse("replay", path, "--deals", tmp_path / "broken.jsonl", "--deals", tmp_path / "no.yaml", "--deals", deal, "--json")
    assert ran.code == 2
    assert [answer.get("where") for answer in ran.answers] == [f"{tmp_path / 'broken.jsonl'}:1", str(tmp_path / "no.yaml"), None]
    assert ran.answers[-1] == {"reference": "D-1", "same": True}


def test_decisions_that_are_not_there_are_told(enduse: Enduse, tmp_path: Path) -> None:
    ran = enduse("replay", tmp_path / "no.jsonl", "--deals", deal_file(tmp_path))
    assert ran.code == 2
    assert "there is no file" in ran.err


@pytest.mark.parametrize("reference", ["D  1", " D-1 ", "x" * 200, "D\n1", "Сделка № 1", "None"])
def test_any_reference_finds_its_deal(enduse: Enduse, tmp_path: Path, reference: str) -> None:
    deal = deal_file(tmp_path, reference=reference)
    assert enduse("replay", decisions(enduse, tmp_path, deal), "--deals", deal).code == 0


def test_marks_in_a_reference_do_not_reach_the_terminal(enduse: Enduse, tmp_path: Path) -> None:
    deal = deal_file(tmp_path, reference="D\u202e1")
    path = decisions(enduse, tmp_path, deal)
    assert "D\ufffd1: the same" in enduse("replay", path, "--deals", deal).out
    changed(path, outcome="a\u202eb")
    ran = enduse("replay", path, "--deals", deal)
    assert "\u202e" not in ran.out + ran.err and "a\ufffdb" in ran.out
    ran = enduse("replay", path, "--deals", deal_file(tmp_path, "x.yaml", reference="E"))
    assert "\u202e" not in ran.out + ran.err


KEYS = ["reference", "at", "outcome", "edition", "table", "act", "facts", "rules", "clauses", "engine", "fingerprint", "error"]
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(KEYS), VALUES, min_size=1, max_size=3), st.booleans())
def test_a_decision_with_anything_changed_is_the_same_differs_or_is_told(
    tmp_path_factory: pytest.TempPathFactory, changes: dict[str, Any], as_json: bool
) -> None:
    folder = tmp_path_factory.getbasetemp()
    deal, path = deal_file(folder, "replayed.yaml"), folder / "replayed.jsonl"
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        run(["assess", "--json", str(deal)])
        path.write_text(json.dumps(json.loads(out.getvalue()) | changes) + "\n", "utf-8")
        code = run(["replay", str(path), "--deals", str(deal), *(["--json"] if as_json else [])])
    assert code in (0, 2, 3), err.getvalue()
