"""The closed lists of sharing: categories, purposes and kinds of relation, and one relation as a value."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntFlag, StrEnum
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from samspil.foundation.kernel.clock import NEVER
from samspil.foundation.kernel.decisions import Text


class Category(IntFlag):
    """What a piece of information is about. One bit each; a relation covers a mask of them."""

    IDENTITY = 1
    WHEREABOUTS = 2
    EVERYDAY = 4
    SCHOOL = 8
    SOCIAL = 16
    HEALTH = 32
    SUBSTANCE = 64
    EMPLOYMENT = 128
    CONFIDENTIAL_YOUTH = 256

    @property
    def label(self) -> Text:
        return CATEGORY_LABELS[self]


CATEGORY_LABELS: dict[Category, Text] = {
    Category.IDENTITY: _("Name and family"),
    Category.WHEREABOUTS: _("Address and where a person is"),
    Category.EVERYDAY: _("Everyday life"),
    Category.SCHOOL: _("School and day-care"),
    Category.SOCIAL: _("Social matters"),
    Category.HEALTH: _("Health"),
    Category.SUBSTANCE: _("Alcohol and drugs"),
    Category.EMPLOYMENT: _("Work and income"),
    Category.CONFIDENTIAL_YOUTH: _("Told in confidence by a young person"),
}
ALL_CATEGORIES = Category(sum(Category))
OPEN_INSIDE_AUTHORITY = Category.EVERYDAY | Category.SOCIAL
"""Default of the table "open inside the authority": what units of one authority see without a basis."""


class Purpose(StrEnum):
    """What information may be used for. A basis names one."""

    COORDINATION = "coordination"
    REFERRAL = "referral"
    FOLLOW_UP = "follow-up"
    MODEL_DEVELOPMENT = "model-development"
    RESEARCH = "research"

    @property
    def label(self) -> Text:
        return PURPOSE_LABELS[self]


PURPOSE_LABELS: dict[Purpose, Text] = {
    Purpose.COORDINATION: _("To coordinate help for the family"),
    Purpose.REFERRAL: _("To refer the family"),
    Purpose.FOLLOW_UP: _("To follow up"),
    Purpose.MODEL_DEVELOPMENT: _("To improve the model"),
    Purpose.RESEARCH: _("Research"),
}


class RelationKind(StrEnum):
    """Kinds of rows in the ledger. All but the last give something; a block refuses."""

    TEAM = "team"
    LEADER = "leader"
    INBOX = "inbox"
    OWN_RECORD = "own-record"
    CUSTODY = "custody"
    CONSENT = "consent"
    STATUTE = "statute"
    BREAK_GLASS = "break-glass"
    BLOCK = "block"


STANDING_KINDS = frozenset(
    {
        RelationKind.TEAM,
        RelationKind.LEADER,
        RelationKind.INBOX,
        RelationKind.OWN_RECORD,
        RelationKind.CUSTODY,
        RelationKind.BREAK_GLASS,
    }
)
BASIS_KINDS = frozenset({RelationKind.CONSENT, RelationKind.STATUTE})


FIRST_DAY = date(1970, 1, 1)


class HolderKind(StrEnum):
    """Who can hold a relation."""

    MEMBERSHIP = "membership"
    UNIT = "unit"
    AUTHORITY = "authority"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Relation:
    """One row of the ledger as a value: who holds what towards whom, for what and how long.

    `ends` is exclusive: the relation is in force on days d with starts <= d < ends.
    `giver` is the unit that registered it; None where the citizen gave it from the own account. A basis
    opens only what its giver owns. `authority` is the giver's. `until` is the instant a break-glass ends.
    """

    holder_kind: HolderKind
    holder: UUID
    kind: RelationKind
    categories: Category
    subject: UUID | None = None
    space: UUID | None = None
    purpose: Purpose | None = None
    giver: UUID | None = None
    authority: UUID | None = None
    starts: date = FIRST_DAY
    ends: date = NEVER
    until: datetime | None = None
