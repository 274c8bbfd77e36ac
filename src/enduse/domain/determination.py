"""Is it an export: who is foreign, and can the recipient modify the solution (2.1)."""

from __future__ import annotations

from collections.abc import Iterable

from enduse.domain.deal import Deal, Party, YesNoUnknown, given
from enduse.domain.trace import Ground

HOME = "RU"
COUNTED_ROLES = frozenset({"counterparty", "end_user", "consignee", "intermediary", "owner"})
TRANSFERRING_FORMS = frozenset({"weights", "source_code", "ip_rights"})


def foreignness(party: Party) -> YesNoUnknown:
    """Whether one party is foreign (2.1): founded abroad, a foreign or stateless person, a foreign state.

    Only a sole Russian citizenship makes a person Russian. Name, kind, country or citizenship missing is unknown.
    """
    if lacking(party):
        return "unknown"
    return "yes" if abroad(party) else "no"


def abroad(party: Party) -> bool:
    """Whether what is stated of a party, complete or not, says that it is foreign."""
    if party.kind == "person":
        return party.citizenship is not None and set(party.citizenship) != {HOME}
    return party.country is not None and party.country != HOME


def may_be_home(parties: Iterable[Party]) -> bool:
    """Whether it can still turn out that nobody is foreign: nothing stated of any counted party says otherwise."""
    return not any(abroad(party) for party in parties if party.role in COUNTED_ROLES)


def lacking(party: Party) -> str:
    """Which particular of a party is missing: `name`, `kind`, `country` or `citizenship`; empty where none is."""
    if given(party.name) is None:
        return "name"
    if party.kind is None:
        return "kind"
    if party.kind == "person":
        return "citizenship" if party.citizenship is None else ""
    return "country" if party.country is None else ""


def foreign(parties: Iterable[Party]) -> tuple[YesNoUnknown, tuple[Ground, ...]]:
    """The fact `foreign` over the roles that count (a payer alone does not), with the parties that make it so."""
    counted = [(party, foreignness(party)) for party in parties if party.role in COUNTED_ROLES]
    abroad = tuple(_ground("party_foreign", party) for party, is_foreign in counted if is_foreign == "yes")
    if abroad:
        return "yes", abroad
    unknown = tuple(_ground("party_unknown", party) for party, is_foreign in counted if is_foreign == "unknown")
    if unknown:
        return "unknown", unknown
    if not counted:
        return "unknown", (Ground("no_parties"),)
    return "no", tuple(_ground("party_home", party) for party, _ in counted)


def _ground(code: str, party: Party) -> Ground:
    where = party.country if party.kind != "person" else ", ".join(party.citizenship or ())
    values = {"name": given(party.name) or "", "role": party.role, "country": where or ""}
    return Ground(code, values | {"lacks": lacking(party)} if code == "party_unknown" else values)


def modifiable(deal: Deal) -> tuple[YesNoUnknown, tuple[Ground, ...]]:
    """The fact `modifiable`: handing over weights, source code or rights is a power to modify, whatever was said."""
    if deal.form in TRANSFERRING_FORMS:
        return "yes", (Ground("form_transfers", {"form": deal.form}),)
    return deal.recipient_can_modify, (Ground("form_said", {"form": deal.form}),) if deal.recipient_can_modify != "unknown" else ()
