"""Deals: what is kept of them. Everything but `Deal` is insert-only; what a `Deal` row itself shows is only ever shown, never relied on."""

from __future__ import annotations

from django.db import models

from enduse.casework.fields import JsonText


class Deal(models.Model):
    """A deal: its name, who has it, and a summary of what stands in the other tables, for queues and searches.

    INVARIANT: no release rests on a column of this table but the key; the door reads versions, decisions, approvals and holds.
    """

    reference = models.CharField(max_length=200, unique=True)
    initiator = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="filed")
    handler = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="handled")
    created_at = models.DateTimeField()
    # the summary
    version = models.IntegerField(default=0)
    title = models.CharField(max_length=500, blank=True)
    counterparty = models.CharField(max_length=500, blank=True)
    country = models.CharField(max_length=60, blank=True)
    solution = models.CharField(max_length=500, blank=True)
    outcome = models.CharField(max_length=20, blank=True)
    stage = models.CharField(max_length=20, default="intake")
    status = models.CharField(max_length=20, default="open")
    missing = models.IntegerField(default=0)
    due = models.DateField(null=True)  # the day on which time itself may change something: a permit ends, a check grows old
    search = models.TextField(blank=True)
    updated_at = models.DateTimeField()

    class Meta:
        indexes = (
            models.Index(fields=("-updated_at", "-id"), name="deal_recent"),
            models.Index(fields=("status", "-updated_at", "-id"), name="deal_status"),
            models.Index(fields=("outcome", "-updated_at", "-id"), name="deal_outcome"),
            models.Index(fields=("initiator", "-updated_at", "-id"), name="deal_initiator"),
            models.Index(fields=("handler", "-updated_at", "-id"), name="deal_handler"),
            models.Index(fields=("due",), name="deal_due"),
        )

    def __str__(self) -> str:
        return self.reference


class Version(models.Model):
    """Everything a deal said after a change: the deal file's plain data, whole. The highest number is what stands."""

    deal = models.ForeignKey(Deal, on_delete=models.PROTECT, related_name="versions")
    number = models.IntegerField()
    content = JsonText()
    digest = models.CharField(max_length=71)
    kind = models.CharField(max_length=60)  # the action that made it
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    hands = models.JSONField(default=list)  # the persons whose doing it is
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("deal", "number"), name="one_version_of_a_deal"),)


class Decision(models.Model):
    """What was decided of a version on a day, and the fingerprint that an approval signs."""

    deal = models.ForeignKey(Deal, on_delete=models.PROTECT, related_name="decisions")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="decisions")
    day = models.DateField()
    outcome = models.CharField(max_length=20)
    fingerprint = models.CharField(max_length=71)
    signed = models.CharField(max_length=71)  # what an approval signs: the same for every day on which nothing changed
    state = models.TextField()  # the facts, as the table's integer in hexadecimal
    answer = models.JSONField()  # edition, table, act, engine, rules, clauses, missing
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("deal", "-id"), name="decision_last"),)


class Link(models.Model):
    """Which version of a master record a deal's snapshot was taken from."""

    deal = models.ForeignKey(Deal, on_delete=models.PROTECT, related_name="links")
    role = models.CharField(max_length=20)  # a party's role, or `solution`
    name_key = models.CharField(max_length=500)
    party = models.ForeignKey("parties.Party", on_delete=models.PROTECT, null=True, related_name="links")
    solution = models.ForeignKey("solutions.Solution", on_delete=models.PROTECT, null=True, related_name="links")
    number = models.IntegerField()  # the version of the record

    class Meta:
        constraints = (models.UniqueConstraint(fields=("deal", "role", "name_key"), name="one_link_of_a_party"),)


class Check(models.Model):
    """That a check was made, of what, and by whom: it counts while what it covered stands and it is not too old."""

    deal = models.ForeignKey(Deal, on_delete=models.PROTECT, related_name="made_checks")
    check_word = models.CharField(max_length=40)
    covers = models.CharField(max_length=71)
    note = models.TextField(blank=True)
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("deal", "check_word", "-id"), name="check_last"),)


class Search(models.Model):
    """A party of a deal held against the lists: the whole receipt, and the entries that were found as the lists had them."""

    deal = models.ForeignKey(Deal, on_delete=models.PROTECT, related_name="searches")
    particulars = models.CharField(max_length=71)  # the fingerprint of who was searched
    digest = models.CharField(max_length=71)  # of the receipt
    receipt = JsonText()  # `enduse/receipt-1`
    entries = JsonText()  # for each hit, in their order: the entry's digest and what the list says of it
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    hands = models.JSONField(default=list)
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("deal", "particulars", "-id"), name="search_last"),)


class Settlement(models.Model):
    """A person's word on one hit. It counts of these particulars and of an entry with just this content; the last one counts."""

    deal = models.ForeignKey(Deal, on_delete=models.PROTECT, related_name="settlements")
    search = models.ForeignKey(Search, on_delete=models.PROTECT, related_name="settlements")
    particulars = models.CharField(max_length=71)
    party = models.TextField()  # the name that was searched
    source = models.CharField(max_length=200)  # the list's word
    entry = models.TextField()
    content = models.CharField(max_length=71)  # the digest of the entry
    result = models.CharField(max_length=10)  # dismissed | match
    reason = models.TextField()
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    hands = models.JSONField(default=list)
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("deal", "-id"), name="settlement_last"),)


class Attachment(models.Model):
    """A file that belongs to a deal, kept under its digest."""

    deal = models.ForeignKey(Deal, on_delete=models.PROTECT, related_name="attachments")
    stage = models.CharField(max_length=20)
    name = models.CharField(max_length=255)
    digest = models.CharField(max_length=71)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=100)
    note = models.TextField(blank=True)
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    hands = models.JSONField(default=list)
    at = models.DateTimeField()


class Comment(models.Model):
    """What somebody said on a deal."""

    deal = models.ForeignKey(Deal, on_delete=models.PROTECT, related_name="comments")
    text = models.TextField()
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()


class HandOver(models.Model):
    """A deal, or one stage of it, given to somebody."""

    deal = models.ForeignKey(Deal, on_delete=models.PROTECT, related_name="hand_overs")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="hand_overs")
    stage = models.CharField(max_length=20, blank=True)  # empty: the whole deal
    note = models.TextField(blank=True)
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()


class Hold(models.Model):
    """A stop that a person set, and what ends it."""

    deal = models.ForeignKey(Deal, on_delete=models.PROTECT, related_name="holds")
    reason = models.TextField()
    ends_when = models.TextField()
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    hands = models.JSONField(default=list)
    at = models.DateTimeField()


class HoldLift(models.Model):
    """The end of a hold: by another person, with evidence that what ends it has come about."""

    hold = models.OneToOneField(Hold, on_delete=models.PROTECT, related_name="lift")
    evidence = models.TextField()
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()


class Submission(models.Model):
    """A deal put forward for approval: the first of two signatures."""

    deal = models.ForeignKey(Deal, on_delete=models.PROTECT, related_name="submissions")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    signed = models.CharField(max_length=71)
    note = models.TextField(blank=True)
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    hands = models.JSONField(default=list)
    at = models.DateTimeField()


class Approval(models.Model):
    """An approver's word on what they saw: `approved` or `rejected`. It counts while what it signed stands and it is the last word."""

    deal = models.ForeignKey(Deal, on_delete=models.PROTECT, related_name="approvals")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+")
    signed = models.CharField(max_length=71)
    word = models.CharField(max_length=10)
    note = models.TextField(blank=True)
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    account = models.BigIntegerField(null=True)
    hands = models.JSONField(default=list)
    at = models.DateTimeField()


class Release(models.Model):
    """The release of a deal: a row of its own, pointing at the approval and the decision it rests on. Insert-only, by one door."""

    deal = models.ForeignKey(Deal, on_delete=models.PROTECT, related_name="releases")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+")
    approval = models.OneToOneField(Approval, on_delete=models.PROTECT, related_name="release")
    bound = models.JSONField()  # solution, version, policy, parties, quantity, purpose, country, contract
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class ReleaseEvent(models.Model):
    """What became of a release: suspended, stopped, resumed or withdrawn, each with its cause."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=12)
    cause = models.CharField(max_length=40)
    reason = models.TextField(blank=True)
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    hands = models.JSONField(default=list)
    at = models.DateTimeField()


class Delivery(models.Model):
    """A delivery that drew on a release."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="deliveries")
    deal = models.ForeignKey(Deal, on_delete=models.PROTECT, related_name="made_deliveries")
    day = models.DateField()
    version = models.CharField(max_length=200)
    units = models.DecimalField(max_digits=20, decimal_places=4)
    recipient = models.CharField(max_length=500)
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()


class Closing(models.Model):
    """The end of a deal that does not go: `refused` by us, or `withdrawn` before release."""

    deal = models.OneToOneField(Deal, on_delete=models.PROTECT, related_name="closing")
    kind = models.CharField(max_length=10)
    reason = models.TextField()
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
