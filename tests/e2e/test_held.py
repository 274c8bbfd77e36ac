"""A whole story in a browser, without JavaScript, in Russian: held for a concern, permitted, released, suspended by a notice, released again."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.commands import deal_file
from tests.e2e import stories
from tests.e2e.offices import CAST, Office
from tests.e2e.stories import TODAY
from tests.e2e.visitors import Visitor

REFERENCE = "D-2026-703"
PARTIES = ["Lakeside Telecom", "Nairobi Care Line"]
YEAR = timedelta(days=365)


@pytest.mark.database
def test_a_deal_is_held_permitted_released_and_suspended_by_a_notice(chromium: Browser, office: Office, tmp_path: Path) -> None:
    anna, lev, elena, boris, gleb = stories.come_in(chromium, office, "ru", "anna", "lev", "elena", "boris", "gleb")
    deal = take_in(anna, tmp_path)
    assert anna.outcome() == "proceed"
    stories.is_nobodys_business(gleb, deal)
    stories.hand_over(anna, deal, CAST["lev"][1])
    stories.hand_over(anna, deal, CAST["elena"][1], "identification")
    signs_what_came(elena, deal)

    concern(lev, deal)
    assert lev.outcome() == "hold"
    is_not_ready(anna, deal)
    apply_for_permit(lev, deal)
    assert lev.outcome() == "hold"
    is_granted(lev, deal)
    assert lev.outcome() == "proceed", lev.text()

    stories.submit(anna, deal)
    anna.stage(deal, "approval")
    assert not anna.offers("approve"), "not the same hands"
    stories.approve(boris, deal)
    stories.release(anna, deal)
    assert anna.state() == "released"
    assert anna.offers("deliver")

    notice_comes(lev, deal)
    is_suspended(anna, deal)
    notice_goes(lev, deal)
    released_again(anna, boris, deal)
    stories.leaves(lev, deal)


def take_in(anna: Visitor, folder: Path) -> str:
    """A deal comes as a file; one with a mistake is told with its line and takes nothing in."""
    wrong = folder / "wrong.yaml"
    wrong.write_text("format: enduse/deal-1\nreference: D-2026-703\nparties:\n  - {role: kounterparty}\n", "utf-8")
    anna.open("/deals/import/")
    anna.fill(anna.form_of("file"), file=wrong)
    anna.send("file")
    assert anna.status == 422
    assert "kounterparty" in anna.text() and "4" in anna.text()
    anna.fill(anna.form_of("file"), file=deal_file(folder, reference=REFERENCE, date=None, title="Распознавание речи для колл-центра"))
    anna.send("file")
    assert anna.status == 200, anna.text()
    anna.page.get_by_role("link", name=REFERENCE).first.click()
    return stories.address_of(anna)


def signs_what_came(elena: Visitor, deal: str) -> None:
    """The expert signs the identification that the file brought, as it stands: unsigned, the deal does not go."""
    elena.stage(deal, "identification")
    assert elena.says("identification.not_counted")
    elena.fill(sign__note="сверено с описанием версии 1.10 и редакцией списка на сегодня")
    elena.send("sign__note")
    assert elena.says("desk.saved"), elena.text()
    assert not elena.says("identification.not_counted")


def concern(lev: Visitor, deal: str) -> None:
    """The lawyer records a concern of military use; what is missing is told, and what was typed kept."""
    lev.stage(deal, "evidence")
    lev.fill(record__purpose="military", record__source="отраслевая пресса, 11.10.2026: заказчик обслуживает гарнизон", record__party=PARTIES[1])
    lev.page.locator("#record form").evaluate("form => { form.noValidate = true }")
    lev.send("record__source")
    lev.must_be_told()
    assert (lev.value("record-purpose"), lev.value("record-party")) == ("military", PARTIES[1])
    lev.fill(record__grade="concern")
    lev.send("record__source", keys=True)
    assert lev.says("desk.saved"), lev.text()


def is_not_ready(anna: Visitor, deal: str) -> None:
    """The officer cannot put it forward, and sees what would lift the stop."""
    anna.stage(deal, "approval")
    assert not anna.offers("submit")
    assert anna.says("approval.not_ready")
    assert anna.says("case.clears")


def apply_for_permit(lev: Visitor, deal: str) -> None:
    """The application is pending: it lifts nothing."""
    lev.stage(deal, "permits", "?permit=new")
    lev.fill(permit__status="pending", permit__date=TODAY.isoformat(), permit__parties=PARTIES)
    lev.send("permit__status")
    assert lev.says("desk.saved"), lev.text()


def is_granted(lev: Visitor, deal: str) -> None:
    """The Commission's permit for these parties and this version; two tabs had it open, and a wrong end is told."""
    other = lev.second_tab()
    other.stage(deal, "permits", "?permit=0")
    lev.stage(deal, "permits", "?permit=0")
    granted = {"permit-status": "granted", "permit-number": "0412", "permit-valid_from": (TODAY - timedelta(days=2)).isoformat()}
    lev.fill(**granted, permit__valid_until=(TODAY - YEAR).isoformat(), permit__covers=["military"])
    lev.send("permit__status")
    lev.must_be_told()
    assert lev.value("permit-number") == "0412" and lev.value("permit-status") == "granted"
    lev.fill(permit__valid_until=(TODAY + YEAR).isoformat())
    lev.send("permit__status")
    assert lev.says("desk.saved"), lev.text()

    other.fill(permit__number="0413")
    other.send("permit__status")
    other.must_be_told(stories.STALE)
    assert other.value("permit-number") == "0413"
    other.page.close()
    lev.stage(deal, "permits")
    assert "0412" in lev.text() and "0413" not in lev.text()


def notice_comes(lev: Visitor, deal: str) -> None:
    """A letter of FSTEC."""
    lev.stage(deal, "permits")
    lev.fill(notice__written="yes", notice__number="240/1-77", notice__date=TODAY.isoformat())
    lev.send("notice__number")
    assert lev.says("desk.saved"), lev.text()
    assert lev.outcome() == "hold"


def is_suspended(anna: Visitor, deal: str) -> None:
    """At that very moment the release does not stand, and nothing can be delivered."""
    anna.stage(deal, "release")
    assert anna.state() == "suspended"
    assert anna.says("release.state.suspended")
    assert not anna.offers("deliver")
    anna.open("/?")
    anna.open(f"/deals/?q={REFERENCE}&status=all")
    assert anna.says("status.suspended")


def notice_goes(lev: Visitor, deal: str) -> None:
    """FSTEC withdraws it in writing; it stays on record."""
    lev.stage(deal, "permits")
    lev.fill(**{"notice-0-number": "240/1-93", "notice-0-date": TODAY.isoformat()})
    lev.send("notice-0-number")
    assert lev.says("desk.saved"), lev.text()
    assert lev.outcome() == "proceed"
    assert "240/1-77" in lev.text() and lev.says("permits.notice_idle")


def released_again(anna: Visitor, boris: Visitor, deal: str) -> None:
    """The old approval signed something else: it takes a new one, then a new release, and the register has both."""
    anna.stage(deal, "release")
    assert not anna.offers("release")
    assert anna.state() == "suspended"
    stories.submit(anna, deal)
    stories.approve(boris, deal)
    stories.release(anna, deal)
    assert anna.state() == "released"
    assert anna.offers("deliver")
    anna.open("/register/")
    assert anna.page.locator("tbody tr").filter(has_text=REFERENCE).count() == 2
    assert anna.open(f"{deal}timeline/") == 200
    assert anna.says("timeline.suspended")
