"""A whole story in a browser, without JavaScript, in Russian: a deal goes from intake through every stage to release, delivery and register."""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.e2e import stories
from tests.e2e.offices import CAST, Office
from tests.e2e.visitors import Visitor

REFERENCE = "D-2026-701"
PARTIES = ("Lakeside Telecom", "Nairobi Care Line")


def test_a_deal_proceeds_from_intake_to_the_register(chromium: Browser, office: Office) -> None:
    ivan, anna, elena, lev, boris, gleb = stories.come_in(chromium, office, "ru", "ivan", "anna", "elena", "lev", "boris", "gleb")
    deal = intake(ivan)
    stories.is_nobodys_business(gleb, deal)

    determine_in_two_tabs(anna, deal)
    assert elena.open(f"{deal}identification/") == 404, "nobody handed it to her yet"
    stories.hand_over(anna, deal, CAST["elena"][1], "identification")
    stories.identify(elena, deal)
    stories.screen(anna, deal, len(PARTIES))
    stories.check(anna, deal, "evidence", *stories.OF_EVIDENCE)
    stories.check(anna, deal, "permits", "notice")
    stories.answer_indicators(anna, deal)
    stories.check(anna, deal, "indicators", "risk_assessment")
    stories.hand_over(anna, deal, CAST["lev"][1], "clauses")
    stories.settle_and_document(lev, deal)
    assert lev.outcome() == "proceed", lev.text()

    ivan.stage(deal, "approval")
    assert not ivan.offers("submit") and not ivan.offers("approve")
    stories.submit(anna, deal)
    anna.stage(deal, "approval")
    assert not anna.offers("approve")
    finds_it(boris, deal)
    stories.approve(boris, deal)
    stories.release(anna, deal)
    assert anna.state() == "released"

    deliver(ivan, deal)
    in_the_register(chromium, office, deal)
    stories.leaves(ivan, deal)


def intake(ivan: Visitor) -> str:
    """The initiator files the deal and answers what the intake asks, step by step."""
    given = {"reference": REFERENCE, "title": "Распознавание речи для колл-центра", "name": PARTIES[0], "kind": "company", "country": "KE"}
    deal = stories.file_deal(ivan, **given, solution="Слово", version="1.10")
    assert ivan.outcome() == "incomplete"

    ivan.open("/deals/new/")
    ivan.fill(**given, solution="Слово")
    ivan.send("reference")
    assert REFERENCE in ivan.must_be_told()
    assert (ivan.value("title"), ivan.value("country"), ivan.value("kind")) == (given["title"], "KE", "company")

    ivan.stage(deal, "intake", "?step=parties&party=new")
    ivan.fill(party__role="end_user", party__name=PARTIES[1], party__kind="company", party__country="KE", party__citizenship="Нарния")
    ivan.send("party__name")
    assert "Нарния" in ivan.must_be_told()
    assert ivan.value("party-name") == PARTIES[1]
    ivan.fill(party__citizenship="")
    ivan.send("party__name")
    assert PARTIES[1] in ivan.text()

    steps = {
        "delivery": {"form": "on_premises", "purpose": "распознавание звонков"},
        "terms": {"units": "2,5", "of": "лицензий", "destination_country": "KE"},
        "day": {"exporter_name": "ООО «Северный алгоритм»"},
    }
    for step, fields in steps.items():
        ivan.stage(deal, "intake", f"?step={step}")
        ivan.fill(**{f"intake-{name}": value for name, value in fields.items()})
        ivan.send("intake-" + next(iter(fields)), keys=step == "terms")
        assert ivan.says("desk.saved"), ivan.text()
    return deal


def determine_in_two_tabs(anna: Visitor, deal: str) -> None:
    """The officer has the same form open twice."""
    first = {"determine-recipient_can_modify": "no", "determine-note": "по первому чтению договора"}
    second = {"determine-recipient_can_modify": "yes", "determine-hardware": "no", "determine-note": "в договоре есть дообучение"}
    stories.is_told_in_the_other_tab(anna, deal, "determination", first, second, "determine-note")


def finds_it(boris: Visitor, deal: str) -> None:
    """The approver comes in and finds what waits for him, by links alone."""
    boris.open("/")
    boris.page.get_by_role("link", name=REFERENCE).click()
    assert stories.address_of(boris) == deal
    boris.stage(deal, "approval")
    for party in PARTIES:
        assert party in boris.text(), "he must see what he signs"


def deliver(ivan: Visitor, deal: str) -> None:
    """A delivery draws on the release; more than there is does not go."""
    ivan.stage(deal, "release")
    ivan.deed("deliver", units="3", recipient=PARTIES[1])
    told = ivan.must_be_told()
    assert "2.5" in told or "2,5" in told
    assert ivan.value("units") == "3"
    ivan.deed("deliver", units="1,5")
    assert ivan.says("deed.deliver.done"), ivan.text()
    assert ivan.page.locator("table tbody tr").filter(has_text=PARTIES[1]).count() >= 1


def in_the_register(chromium: Browser, office: Office, deal: str) -> None:
    """The auditor finds the entry, complete, and its record in the ledger."""
    (vera,) = stories.come_in(chromium, office, "ru", "vera")
    row = stories.row_of_register(vera, REFERENCE)
    assert all(word in row for word in (PARTIES[0], "Слово 1.10", vera.words("register_event.released")))
    assert vera.words("book.lacks") not in row, row
    with vera.page.expect_download() as saved:
        vera.page.get_by_role("link", name=vera.words("book.csv")).click()
    assert REFERENCE in saved.value.path().read_text("utf-8-sig")
    assert vera.open(f"{deal}intake/") == 200
    assert vera.page.locator("main form button.btn").count() == 0, "an auditor changes nothing"
