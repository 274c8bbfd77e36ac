"""The page that verifies the ledger while it is small, and says what a verification here cannot exclude."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from enduse.casework.ledger.actions.checkpointing import signing_key
from enduse.casework.ledger.queries import head
from enduse.casework.ledger.verifying import Verified, verify
from enduse.formats.problems import BadInput
from enduse.web.access import page
from enduse.web.templatetags.words import lang
from enduse.words import say

MOST_RECORDS = 20_000  # verified in about a second
MOST_TOLD = 50
COMMAND = "enduse ledger verify --checkpoint FILE --key FILE"


@page("ledger.see")
def check(request: HttpRequest) -> HttpResponse:
    """What a verification comes to now."""
    size, root = head()
    verified = verify() if size <= MOST_RECORDS else None
    held = {
        "size": size,
        "root": root.hex(),
        "key": _key(),
        "most": MOST_RECORDS,
        "command": COMMAND,
        "verified": verified,
        "found": [] if verified is None else _told(verified),
        "count": 0 if verified is None else sum(verified.counts.values()),
        "unproved": [] if verified is None else [say(code, lang()) for code in verified.unproved],
    }
    return render(request, "web/verification.html", held)


def _told(verified: Verified) -> list[str]:
    lines = []
    for finding in verified.findings[:MOST_TOLD]:
        where = "" if finding.index < 0 else say("ledger.at_record", lang(), index=finding.index) + ": "
        lines.append(where + say(finding.code, lang(), **finding.values))
    return lines


def _key() -> str:
    try:
        return signing_key().public
    except BadInput:
        return ""


urls = [path("ledger/verify/", check, name="ledger-verify")]
