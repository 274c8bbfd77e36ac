"""`enduse acts check` and `--act`: an own act may only be stricter; else the deal that it would release is shown, and it really would."""

from __future__ import annotations

import contextlib
import copy
import io
import random
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enduse.cli.main import run
from enduse.domain.decision import decide
from enduse.formats.deal_file import read_deal
from enduse.formats.plain import Document, read_yaml
from enduse.formats.writing import deal_text
from enduse.stores.editions import load_act, load_edition
from tests.builders import random_facts
from tests.commands import EVIDENCE, STOPPED, Enduse, deal_file

HEAD = "format: enduse/act-1\nact: ROBOTA-1\ntitle: {ru: Акт, en: Act}\ndated: 2026-11-01\nedition: 2026-1\n"
WORDS = "{ru: а, en: b}"
CHECK = f'checks:\n- check: council\n  clauses: ["1.7"]\n  name: {WORDS}\n  done: {WORDS}\n  not_done: {WORDS}\n  question: {WORDS}\n'
INDICATOR = "indicators:\n- number: R1\n  concerns: [counterparty]\n  answered: asked\n  feeds: []\n" + "".join(
    f"  {key}: {WORDS}\n" for key in ("title", "text", "condition", "question", "guidance", "evidence")
)
ALLEGED = {"evidence": [{**EVIDENCE[0], "grade": "alleged"}]}


def rule(name: str, effect: str, when: str, more: str = "") -> str:
    return f'rules:\n- rule: {name}\n  effect: {effect}\n  when: {when}\n  clauses: ["1.7"]\n  text: {WORDS}\n{more}'


def act(folder: Path, text: str, name: str = "act.yaml") -> Path:
    path = folder / name
    path.write_text(HEAD + text, "utf-8")
    return path


STRICTER: dict[str, tuple[str, dict[str, Any], str, str]] = {
    # what the act says, a deal, its outcome without the act and with it
    "a rule": (rule("own", "refuse", "export"), {}, "proceed", "refuse"),
    "a rule from a day on": (rule("own", "refuse", "export", "  from: 2026-11-02\n"), {}, "proceed", "refuse"),
    "a rule that is over": (rule("own", "refuse", "export", "  until: 2026-11-01\n"), {}, "proceed", "proceed"),
    "a check": (CHECK, {}, "proceed", "incomplete"),
    "an indicator": (INDICATOR, {}, "proceed", "incomplete"),
    "an indicator that does not apply": (INDICATOR + "  applies: hardware >= unknown\n", {}, "proceed", "proceed"),
    "a lower threshold": ("thresholds: {fear: alleged}\n", ALLEGED, "diligence", "hold"),
    "a stricter rule for another": (
        rule("oral-notice", "refuse", "notice >= oral", "  replaces: oral-notice\n"),
        {"notices": [{"from": "fstec", "written": "no"}]},
        "diligence",
        "refuse",
    ),
    "a rule dropped that others cover": ("drop: [written-notice]\n", {"notices": [{"from": "fstec", "written": "yes"}]}, "hold", "hold"),
    "nothing": ("", STOPPED, "hold", "hold"),
}
LOOSER = {
    "a raised threshold": "thresholds: {suspicion: concern}\n",
    "a threshold raised to the top": "thresholds: {suspicion: confirmed}\n",
    "a dropped rule": "drop: [record-missing]\n",
    "dropped checks": "drop: [checks-not-done]\n",
    "dropped indicators": "drop: [indicator-open, indicator-present]\n",
    "a listed solution let go": "drop: [listed, listing-unknown]\n",
    "twins both dropped": "drop: [other-harm-suspected, other-harm-suspected-any-supply]\n",
    "a rule replaced by a milder effect": rule("own", "proceed", "export and clauses >= unknown", "  replaces: clauses-open\n"),
    "a rule replaced by a narrower one": rule("own", "incomplete", "export and clauses >= rejected", "  replaces: clauses-open\n"),
    "a replacement that ends": rule("own", "incomplete", "export and record >= missing", "  replaces: record-missing\n  until: 2027-03-31\n"),
    "a replacement that begins later": rule("own", "incomplete", "export and record >= missing", "  replaces: record-missing\n  from: 2027-03-31\n"),
    "a stricter act that drops as well": CHECK + "drop: [record-missing]\n",
    "a check instead of another": CHECK + "drop: [checks-not-done]\n",
}


@pytest.mark.parametrize("name", STRICTER)
def test_a_stricter_act_is_accepted_and_decides(enduse: Enduse, tmp_path: Path, name: str) -> None:
    text, change, base, own = STRICTER[name]
    path, deal = act(tmp_path, text), deal_file(tmp_path, **change)
    checked = enduse("acts", "check", path, "--json")
    assert (checked.code, checked.answer["accepted"], checked.answer["act"]) == (0, True, "ROBOTA-1")
    assert enduse("assess", "--json", deal).answer["outcome"] == base
    assert enduse("assess", "--json", deal, "--act", path).answer["outcome"] == own
    assert "only stricter" in enduse("acts", "check", path).out


@pytest.mark.parametrize("name", LOOSER)
def test_a_looser_act_is_refused_with_a_deal_that_it_would_release(enduse: Enduse, tmp_path: Path, name: str) -> None:
    path = act(tmp_path, LOOSER[name])
    checked = enduse("acts", "check", path, "--json")
    assert (checked.code, checked.answer["accepted"]) == (3, False)
    data = checked.answer["released"]["deal"]
    held = load_act(str(path))
    deal = read_deal(Document(data), held)
    assert deal.date is not None
    assert decide(deal, held, at=deal.date).released
    assert decide(deal, held, at=deal.date).outcome.name == checked.answer["released"]["act"]

    ran = enduse("acts", "check", path)
    assert ran.code == 3
    shown = tmp_path / "shown.yaml"
    shown.write_text(re.split(r"^# .*\n", ran.out, maxsplit=1, flags=re.MULTILINE)[1])
    assert read_yaml(shown.read_text()).data == data or "council" in LOOSER[name]
    if "council" not in LOOSER[name]:  # words of an act mean nothing without it
        stopped = enduse("assess", "--json", shown)
        assert (stopped.code, stopped.answer["released"]) == (3, False)
        assert stopped.answer["outcome"] == checked.answer["released"]["base"]
    else:
        data["checks"] = [word for word in data["checks"] if word != "council"]
        base = read_deal(Document(data), load_edition())
        assert not decide(base, load_edition(), at=deal.date).released


@pytest.mark.parametrize("name", LOOSER)
def test_nothing_is_decided_under_a_looser_act(enduse: Enduse, tmp_path: Path, name: str) -> None:
    path = act(tmp_path, LOOSER[name])
    for command in ("assess", deal_file(tmp_path)), ("assess", "--json", deal_file(tmp_path)):
        ran = enduse(*command, "--act", path)
        assert (ran.code, ran.out) == (2, "")
        assert f"{path}: the act `ROBOTA-1` is milder" in ran.err


def test_the_day_from_which_an_act_is_looser_is_told(enduse: Enduse, tmp_path: Path) -> None:
    path = act(tmp_path, LOOSER["a replacement that ends"])
    assert enduse("acts", "check", path, "--json").answer["released"]["from"] == "2027-04-01"
    assert "from 1 April 2027 on" in enduse("acts", "check", path).out
    assert "1 апреля 2027" in enduse("acts", "check", path, "--lang", "ru").out
    always = act(tmp_path, LOOSER["a dropped rule"])
    answer = enduse("acts", "check", always, "--json").answer
    assert answer["released"]["from"] is None
    assert answer["released"]["deal"]["date"] == load_edition().dated.isoformat()


def test_an_act_that_makes_an_outcome_milder_without_releasing_is_refused_too(enduse: Enduse, tmp_path: Path) -> None:
    path = act(tmp_path, "thresholds: {fear: confirmed}\n")
    checked = enduse("acts", "check", path, "--json")
    assert checked.code == 3
    assert (checked.answer["milder"]["base"], checked.answer["milder"]["act"]) == ("hold", "diligence")
    assert "released" not in checked.answer
    assert enduse("assess", deal_file(tmp_path), "--act", path).code == 2


def test_an_act_that_turns_an_export_into_none_is_refused(enduse: Enduse, tmp_path: Path) -> None:
    checked = enduse("acts", "check", act(tmp_path, "drop: [export]\n"), "--json")
    assert (checked.code, checked.answer["milder"]["base"], checked.answer["milder"]["act"]) == (3, "proceed", "not_export")


def test_the_last_day_on_which_an_act_is_milder_is_told(enduse: Enduse, tmp_path: Path) -> None:
    later = rule("own", "refuse", "export and record >= missing", "  replaces: record-missing\n  from: 2030-01-01\n")
    checked = enduse("acts", "check", act(tmp_path, later), "--json")
    assert checked.code == 3
    assert (checked.answer["released"]["from"], checked.answer["released"]["until"]) == (None, "2029-12-31")


def test_a_check_that_reads_like_an_indicator_is_refused(enduse: Enduse, tmp_path: Path) -> None:
    ran = enduse("acts", "check", act(tmp_path, CHECK.replace("check: council", "check: indicator_1")))
    assert ran.code == 2
    assert "indicator_1" in ran.err


def test_what_an_act_adds_is_counted(enduse: Enduse, tmp_path: Path) -> None:
    path = act(tmp_path, CHECK + INDICATOR + rule("own", "hold", "export and council_check >= not_done"))
    assert enduse("acts", "check", path, "--json").answer["adds"] == {"rules": 2, "indicators": 1, "checks": 1}


def test_deals_may_hold_what_an_act_adds_and_only_with_it(enduse: Enduse, tmp_path: Path) -> None:
    path = act(tmp_path, CHECK + INDICATOR)
    checks = ["wmd", "terrorism", "military", "other_harm", "notice", "screening", "risk_assessment", "council"]
    deal = deal_file(tmp_path, checks=checks, indicators={"R1": "absent"})
    assert enduse("assess", "--json", deal, "--act", path).answer["outcome"] == "proceed"
    ran = enduse("assess", deal)
    assert ran.code == 2
    assert "there is no check `council`" in ran.err and "there is no indicator `R1`" in ran.err
    present = deal_file(tmp_path, "present.yaml", checks=checks, indicators={"R1": "present"})
    answer = enduse("assess", "--json", present, "--act", path).answer
    assert (answer["outcome"], answer["facts"]["indicator_R1"]) == ("diligence", "present")
    assert answer["clear_by"] == [[{"do": "explanation", "fact": "indicator_R1", "what": answer["clear_by"][0][0]["what"]}]]
    assert "Possible: 1, 2, 3" in enduse("assess", deal_file(tmp_path, "x.yaml", indicators={"R2": "absent"}), "--act", path).err


def test_a_rule_counts_only_in_its_days(enduse: Enduse, tmp_path: Path) -> None:
    path = act(tmp_path, rule("own", "refuse", "export", "  from: 2027-01-01\n  until: 2027-01-31\n"))
    days = {"2026-12-31": "proceed", "2027-01-01": "refuse", "2027-01-31": "refuse", "2027-02-01": "proceed"}
    deals = [deal_file(tmp_path, f"{day}.yaml", date=day) for day in days]
    assert [answer["outcome"] for answer in enduse("assess", "--json", *deals, "--act", path).answers] == list(days.values())


def test_a_bad_act_is_told_with_its_line(enduse: Enduse, tmp_path: Path) -> None:
    path = act(tmp_path, "thresholds:\n  fear: dread\n  terror: alleged\ndrop: [nothing]\n")
    for command in (("acts", "check", path), ("assess", deal_file(tmp_path), "--act", path)):
        ran = enduse(*command)
        assert (ran.code, ran.out) == (2, "")
        for line in (7, 8, 9):
            assert f"Error: {path}:{line}: " in ran.err


def test_an_act_that_is_not_there_or_no_act_is_told(enduse: Enduse, tmp_path: Path) -> None:
    assert "there is no file" in enduse("acts", "check", tmp_path / "no.yaml").err
    assert "`enduse/deal-1` is not one of the words" in enduse("acts", "check", deal_file(tmp_path)).err
    (tmp_path / "empty.yaml").write_bytes(b"")
    assert enduse("acts", "check", tmp_path / "empty.yaml").code == 2
    assert enduse("acts", "check", tmp_path).code == 2


def test_marks_in_the_name_of_an_act_do_not_reach_the_terminal(enduse: Enduse, tmp_path: Path) -> None:
    path = tmp_path / "act.yaml"
    for text in ("", "drop: [record-missing]\n"):
        path.write_text(HEAD.replace("ROBOTA-1", '"RO\\u202eBOTA"') + text)
        ran = enduse("acts", "check", path)
        assert "RO\ufffdBOTA" in ran.out and "\u202e" not in ran.out + ran.err


@pytest.mark.parametrize("dropped", [rule.id for rule in load_edition().table.rules if rule.id != "floor"])
def test_whatever_rule_is_dropped_the_check_is_right(enduse: Enduse, tmp_path: Path, dropped: str) -> None:
    path = act(tmp_path, f"drop: [{dropped}]\n")
    ran, base, held = enduse("acts", "check", path, "--json"), load_edition(), load_act(str(path))
    if ran.code == 3:
        shown = ran.answer.get("released") or ran.answer["milder"]
        deal = read_deal(Document(shown["deal"]), base)
        assert deal.date is not None
        before, after = decide(deal, base, at=deal.date), decide(deal, held, at=deal.date)
        assert (before.outcome.name, after.outcome.name) == (shown["base"], shown["act"])
        assert after.outcome < before.outcome
        assert (not before.released and after.released) == ("released" in ran.answer)
        return
    rng = random.Random(dropped)
    for _ in range(300):
        facts = random_facts(base.table, rng, adverse=0.03)
        state = base.table.space.encode(facts)
        assert held.table.effect(state) >= base.table.effect(state)


PARTS = [
    "always",
    "export",
    "floor",
    "own",
    "wmd",
    "R1",
    "22",
    "7",
    "{",
    "{because}",
    "{permit!r}",
    "{0}",
    "0001-01-01",
    "9999-12-31",
    "2026-1",
    "none",
]
PARTS += [
    "permit >= none",
    "any_indicator >= present",
    "(export",
    "council",
    "alleged",
    "refuse",
    "proceed",
    "written-notice",
    "\u202e",
    "1.7",
    "9.9",
    "",
]
ANYTHING = st.recursive(
    st.none() | st.sampled_from(PARTS), lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(PARTS), inner, max_size=2)
)
WHOLE = read_yaml(
    HEAD
    + CHECK
    + INDICATOR
    + "  applies: hardware >= unknown\n"
    + rule(
        "own",
        "hold",
        "export and council_check >= not_done",
        "  replaces: oral-notice\n  from: 2026-01-01\n  until: 2027-01-01\n  duties: [no-export]\n",
    )
    + "thresholds: {fear: alleged}\ndrop: [written-notice]\n"
).data


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [*([path] if path else []), *(place for key, one in inner for place in places(one, (*path, key)))]


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(places(WHOLE)), ANYTHING), min_size=1, max_size=2))
def test_an_act_with_anything_changed_is_accepted_refused_or_told(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[tuple[Any, ...], Any]]
) -> None:
    data: Any = copy.deepcopy(WHOLE)
    for path, value in changes:
        held = data
        try:
            for step in path[:-1]:
                held = held[step]
            held[path[-1]] = value
        except (KeyError, TypeError, IndexError):
            continue
    file = tmp_path_factory.getbasetemp() / "any-act.yaml"
    file.write_text(deal_text(data), "utf-8")
    deal = deal_file(file.parent, "any-deal.yaml")
    for arguments in (["acts", "check", str(file)], ["assess", str(deal), "--act", str(file)]):
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = run([*arguments, "--lang", "en"])
        assert code in (0, 2, 3), err.getvalue()
        assert code != 2 or f"{file}" in err.getvalue()
