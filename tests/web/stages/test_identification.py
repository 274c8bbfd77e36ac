"""Identification: a row for each entry considered, added and taken out without a script; the expert signs, nobody else."""

from __future__ import annotations

import pytest

from enduse.casework.deals.actions import files
from tests.web.conftest import Member
from tests.web.pages import stage, standing, taken_in
from tests.web.stages.forms_on_page import PageForm, form_on, posts_of

pytestmark = pytest.mark.django_db(transaction=True)

ROW = {"list": "1299", "entry": "1.4.1", "characteristic": "frames a second", "parameter": "60", "verdict": "not_met"}


@pytest.fixture
def deal(anna: Member, elena: Member) -> int:
    made = taken_in(anna, solution={"identification": {"result": "not_done", "comparison": None, "conclusion": None}})
    files.hand_over(made, by=anna.actor, to=elena.person)
    return made


def with_row(form: PageForm, number: int = 0, **changes: str) -> PageForm:
    """The form with one row of the comparison filled in."""
    return form.fill(**{f"identify-comparison-{number}-{name}": value for name, value in {**ROW, **changes}.items()})


def test_the_expert_signs(deal: int, elena: Member) -> None:
    address = stage(deal, "identification")
    form = with_row(form_on(elena.client, address, "identify")).fill(identify__result="not_listed", identify__conclusion="Nothing is met.")
    assert form.send(elena.client, address).status_code == 302
    found = standing(deal).content["solution"]["identification"]
    assert found["comparison"] == [ROW]
    assert (found["result"], found["expert"]) == ("not_listed", elena.actor.signature)
    assert found["signed_on"]
    text = elena.client.get(address).content.decode()
    assert "Signed by Elena" in text


def test_an_officer_prepares_but_does_not_sign(deal: int, oleg: Member) -> None:
    address = stage(deal, "identification")
    form = with_row(form_on(oleg.client, address, "identify"))
    response = form.fill(identify__result="not_listed", identify__conclusion="x").send(oleg.client, address)
    assert response.status_code == 422
    assert "a technical expert signs" in response.content.decode()
    assert form.send(oleg.client, address).status_code == 302
    found = standing(deal).content["solution"]["identification"]
    assert found["comparison"] == [ROW]
    assert "expert" not in found


def test_what_came_in_a_file_is_signed_as_it_stands(anna: Member, gleb: Member, oleg: Member, lev: Member) -> None:
    deal = taken_in(gleb)
    address = stage(deal, "identification")
    for reader in (anna, oleg):
        assert "No technical expert has signed here" in reader.client.get(address).content.decode()
    assert 'name="form" value="sign"' not in oleg.client.get(address).content.decode()
    form = form_on(anna.client, address, "sign")
    assert form.fill(sign__note=" ").send(anna.client, address).status_code == 422
    assert form.fill(sign__note="Compared with the description of 1.10").send(anna.client, address).status_code == 302
    assert not standing(deal).unsigned
    assert "No technical expert has signed here" not in anna.client.get(address).content.decode()


def test_not_listed_takes_a_comparison_without_gaps(deal: int, elena: Member) -> None:
    address = stage(deal, "identification")
    form = form_on(elena.client, address, "identify").fill(identify__result="not_listed", identify__conclusion="x")
    assert form.send(elena.client, address).status_code == 422
    assert with_row(form, verdict="not_enough_data").send(elena.client, address).status_code == 422
    half = with_row(form, parameter="").send(elena.client, address)
    assert half.status_code == 422
    assert "Comparison row 1: The entry&#x27;s parameter" in half.content.decode()
    assert half.content.decode().count('class="error">') == 1  # the blank row of the other table is none
    assert standing(deal).version.number == 1


def test_rows_are_added_and_taken_out_without_losing_what_was_typed(deal: int, elena: Member) -> None:
    address = stage(deal, "identification")
    form = with_row(form_on(elena.client, address, "identify")).fill(identify__conclusion="half done")
    more = form.send(elena.client, address, ("rows", "identify-comparison add"))
    assert more.status_code == 200
    again = posts_of(more)["identify"]
    held = dict(again.fields)
    assert held["identify-conclusion"] == "half done"
    assert held["identify-comparison-0-entry"] == "1.4.1"
    assert [value for name, value in again.fields if name == "identify-comparison-row"] == ["0", "1"]
    less = with_row(again, 1, entry="2.1").send(elena.client, address, ("rows", "identify-comparison drop 0"))
    last = posts_of(less)["identify"]
    assert [value for name, value in last.fields if name == "identify-comparison-row"] == ["1"]
    assert last.send(elena.client, address).status_code == 302
    assert [row["entry"] for row in standing(deal).content["solution"]["identification"]["comparison"]] == ["2.1"]


def test_a_listed_solution_names_its_entries(deal: int, elena: Member) -> None:
    address = stage(deal, "identification")
    form = with_row(form_on(elena.client, address, "identify"), verdict="met").fill(identify__result="listed", identify__conclusion="It is.")
    assert form.send(elena.client, address).status_code == 422
    form = form.fill(**{"identify-entries-0-list": "1299", "identify-entries-0-entry": "1.4.1", "identify-nuclear": "yes"})
    assert form.send(elena.client, address).status_code == 302
    solution = standing(deal).content["solution"]
    assert solution["identification"]["entries"] == [{"list": "1299", "entry": "1.4.1"}]
    assert solution["suitable_for"]["nuclear"] == "yes"
    assert standing(deal).decided.decision.facts["listed"] == "yes"
