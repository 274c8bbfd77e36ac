"""The roles, and which of them may do what: the one table that pages, commands and the API ask."""

from __future__ import annotations

ROLES = ("initiator", "officer", "expert", "lawyer", "approver", "auditor", "administrator")

# who sees every deal; the others see those they filed, those handed to them and those of whom they stand in for
SEE_ALL = frozenset({"officer", "approver", "auditor"})
WORK = ("initiator", "officer", "expert", "lawyer", "approver")

# the verb of an action, and the roles that may do it. What is not here nobody may do
POWERS: dict[str, tuple[str, ...]] = {
    # deals
    "deal.file": ("initiator", "officer"),
    "deal.import": ("initiator", "officer"),
    "deal.intake": ("initiator", "officer"),
    "deal.determine": ("officer", "expert", "lawyer"),
    "deal.identify": ("officer", "expert"),
    "deal.sign_identification": ("expert",),
    "deal.screen": ("officer",),
    "deal.check": ("officer",),
    "deal.indicate": ("officer", "expert"),
    "deal.evidence": ("initiator", "officer", "expert", "lawyer"),
    "deal.rebut": ("officer",),
    "deal.notice": ("officer", "lawyer"),
    "deal.permit": ("officer", "lawyer"),
    "deal.clauses": ("officer", "lawyer"),
    "deal.choose": ("officer",),
    "deal.depart": ("officer",),
    "deal.document": ("initiator", "officer", "lawyer"),
    "deal.attach": ("initiator", "officer", "expert", "lawyer"),
    "deal.comment": ("initiator", "officer", "expert", "lawyer", "approver"),
    "deal.hand_over": ("officer",),
    "deal.refresh": ("officer",),
    "deal.hold": ("officer", "approver", "lawyer"),
    "deal.lift_hold": ("officer", "approver"),
    "deal.vouch": ("officer",),
    "deal.submit": ("officer",),
    "deal.approve": ("approver",),
    "deal.reject": ("approver",),
    "deal.release": ("officer", "approver"),
    "deal.suspend": ("officer", "approver"),
    "deal.stop": ("officer", "approver"),
    "deal.resume": ("officer", "approver"),
    "deal.withdraw": ("officer", "approver"),
    "deal.abandon": ("initiator", "officer"),
    "deal.refuse": ("officer",),
    "deal.deliver": ("initiator", "officer"),
    # master records
    "party.edit": ("officer", "expert"),
    "solution.edit": ("officer", "expert"),
    # register
    "register.correct": ("officer",),
    # people and settings
    "people.edit": ("administrator",),
    "settings.edit": ("administrator",),
    "ledger.checkpoint": ("administrator", "officer", "auditor"),
    "ledger.erase": ("administrator",),
    # reads
    "deals.see": ("initiator", "officer", "expert", "lawyer", "approver", "auditor"),
    "parties.see": ("officer", "expert", "lawyer", "approver", "auditor"),
    "solutions.see": ("officer", "expert", "lawyer", "approver", "auditor"),
    "register.see": ("officer", "lawyer", "approver", "auditor"),
    "people.see": ("administrator", "auditor"),
    "settings.see": ("administrator", "auditor"),
    "ledger.see": ("administrator", "officer", "auditor"),
}
