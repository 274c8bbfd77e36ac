"""Every stage form, opened and sent without a change, leaves a deal as it is; one changed field changes that one key."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import enduse.demonstration
from enduse.casework.deals.actions import filing
from enduse.casework.deals.models import Deal, Version
from enduse.stores.reading import items
from tests.web.conftest import Member, signed_in
from tests.web.pages import stage, standing
from tests.web.stages.forms_on_page import form_on, posts_of
from tests.web.stages.full_deal import full_deal

pytestmark = pytest.mark.django_db

DEMONSTRATION = sorted(Path(str(enduse.demonstration.__file__)).parent.glob("*.yaml"))
SCENARIOS = sorted((Path(__file__).resolve().parents[4] / "shared" / "scenarios").glob("*.yaml"))
PAGES = [
    *(f"intake?step={step}" for step in ("solution", "delivery", "terms", "talks", "day")),
    "intake?step=parties&party=0",
    "determination",
    "identification",
    "screening",
    "indicators?show=all",
    "evidence",
    "permits",
    "clauses",
]
SHORT = ["intake?step=delivery", "determination", "identification", "indicators?show=all", "evidence", "clauses"]


def addresses(deal: int, pages: list[str]) -> list[str]:
    """The addresses of pages."""
    return [stage(deal, page.partition("?")[0]) + page[len(page.partition("?")[0]) :] for page in pages]


def send_everything_back(member: Member, deal: int, pages: list[str]) -> int:
    """Send every form of these pages as it stands; how many were sent."""
    count = 0
    before = standing(deal).content
    for address in addresses(deal, pages):
        page = member.client.get(address)
        assert page.status_code == 200, address
        for name, form in posts_of(page).items():  # type: ignore[arg-type]
            if name == "remove":
                continue
            response = form.send(member.client, address)
            count += 1
            assert response.status_code == 422, (address, name)
            assert standing(deal).content == before, (address, name)
    assert Version.objects.filter(deal=deal).count() == 1
    return count


@pytest.mark.parametrize("path", [*DEMONSTRATION, *SCENARIOS], ids=lambda path: path.stem)
def test_a_deal_stays_the_same_through_every_form(anna: Member, path: Path) -> None:
    for item in items(str(path)):
        assert item.document is not None
        data: Any = item.document.data
        deal = filing.import_deal(data, by=anna.actor).deal.pk
        permits = "permits?permit=0" if data.get("permit") or data.get("permits") else "permits"
        parties = ["intake?step=parties&party=0", "screening"] if data.get("parties") else []
        assert send_everything_back(anna, deal, [*SHORT, permits, *parties]) >= 9


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_deal_with_every_key_stays_the_same_too(anna: Member, elena: Member, language: str) -> None:
    deal = filing.import_deal(full_deal(), by=anna.actor).deal.pk
    more = [f"intake?step={step}&all=1" for step in ("solution", "delivery", "terms", "talks", "day")]
    more += [f"intake?step=parties&party={place}" for place in range(1, 5)]
    signed_in(anna.email, language)
    send_everything_back(anna, deal, [*PAGES, *more, "permits?permit=0"])


CHANGED: list[tuple[str, str, dict[str, Any], tuple[Any, ...], Any]] = [
    ("intake?step=solution", "intake", {"intake__version": "3.2"}, ("solution", "version"), "3.2"),
    ("intake?step=solution", "intake", {"intake__domains": ""}, ("solution", "domains"), None),
    ("intake?step=delivery", "intake", {"intake__hardware": "no"}, ("solution", "hardware"), "no"),
    ("intake?step=delivery", "intake", {"intake__refused": "yes"}, ("end_use", "refused"), "yes"),
    ("intake?step=terms", "intake", {"intake__route": "Russia\nUAE"}, ("shipment", "route"), ["RU", "AE"]),
    ("intake?step=terms", "intake", {"intake__declined": "training"}, ("services", "declined"), ["training"]),
    ("intake?step=talks", "intake", {"intake-questions-1-verdict": "evasive"}, ("questions", 1, "verdict"), "evasive"),
    ("intake?step=day", "intake", {"intake__date": "2026-11-03"}, ("date",), "2026-11-03"),
    ("intake?step=parties&party=0", "party", {"party__staff": "901"}, ("parties", 0, "staff"), "901"),
    ("intake?step=parties&party=0", "party", {"party-identifiers-1-value": "78"}, ("parties", 0, "identifiers", "Лицензия"), "78"),
    ("intake?step=parties&party=1", "party", {"party-identifiers-0-scheme": "TIN"}, ("parties", 1, "identifiers", 0, "scheme"), "TIN"),
    ("intake?step=parties&party=3", "party", {"party__citizenship": "UAE"}, ("parties", 3, "citizenship"), ["AE"]),
    ("clauses", "contract", {"contract__end_destination": "Dubai"}, ("contract", "end_destination"), "Dubai"),
    ("clauses", "documents", {"documents-documents-1-kind": "act"}, ("documents", 1, "kind"), "act"),
    ("permits?permit=0", "permit", {"permit-conditions-1-met": "no"}, ("permits", 0, "conditions", 1, "met"), "no"),
    ("indicators?show=all", "answers", {"answers__state-5": "present"}, ("indicators", "5"), "present"),
]


@pytest.mark.parametrize(("page", "name", "filled", "path", "value"), CHANGED, ids=lambda value: str(value)[:40])
def test_one_changed_field_changes_one_key(anna: Member, page: str, name: str, filled: dict[str, Any], path: tuple[Any, ...], value: Any) -> None:
    content = full_deal()
    deal = filing.import_deal(content, by=anna.actor).deal.pk
    address = addresses(deal, [page])[0]
    response = form_on(anna.client, address, name).fill(**filled).send(anna.client, address)
    assert response.status_code == 302, response.content.decode()
    if "permit" in path[0]:
        content["permits"] = [content.pop("permit")]
    part: Any = content
    for step in path[:-1]:
        part = part[step]
    if value is None:
        del part[path[-1]]
    else:
        part[path[-1]] = value
    found = standing(deal).content
    for key in ("checks", "screening"):  # what no longer covers the deal goes by itself
        found.pop(key, None)
        content.pop(key, None)
    assert found == content


def test_there_are_files_to_try() -> None:
    assert DEMONSTRATION
    assert Deal.objects.count() == 0
