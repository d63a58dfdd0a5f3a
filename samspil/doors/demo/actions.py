"""Writing the invented people down: units and staff as the owner, families as whoever keeps their record."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import override

from samspil.collaboration.courses import actions as courses
from samspil.collaboration.courses.models import CaseloadCeiling
from samspil.collaboration.families import actions as families
from samspil.collaboration.families.models import PersonRecord
from samspil.collaboration.families.rules.civil_number import made_up
from samspil.collaboration.families.rules.people import Particulars
from samspil.collaboration.programmes import queries as models
from samspil.collaboration.programmes.actions import adopt_model
from samspil.collaboration.programmes.language import Variant
from samspil.collaboration.programmes.models import Adoption
from samspil.doors.demo import companies
from samspil.doors.demo.colleagues import (
    COLLEAGUES,
    HANNE,
    LEADERS,
    PASSWORD,
    PLACES,
    POUL,
    Colleague,
    Place,
)
from samspil.doors.demo.stories import STORIES, Bond, Person, Story
from samspil.foundation.access import actions as access
from samspil.foundation.access import wall
from samspil.foundation.access.models import Ledger
from samspil.foundation.accounts.actions import make_demo_account
from samspil.foundation.accounts.queries import demo_accounts
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.roles import ROLES, RoleKey
from samspil.foundation.kernel.sharing import HolderKind, Relation, RelationKind
from samspil.foundation.organisations.models import Membership, Staff, Unit

OWNER = "owner"
SINCE = date(2024, 8, 1)
REASON = "Opdigtede familier, så man kan prøve Samspil"
CEILINGS = ((HANNE, Decimal("4.5")), (companies.STYRKET.cast["leader"], Decimal(6)))
"""Who leads a place and has said how much a coordinator there carries at most."""


def make(*, today: date, say: Callable[[str], None] = lambda _line: None) -> None:
    """Everything invented that is not there yet. Raises Refused in production."""
    with override("da"):
        make_organisations()
        make_organisations(companies.PLACES, companies.COLLEAGUES)
        for leader, place, administrator in LEADERS:
            _say_who_leads(leader, place, administrator, today=today)
        for leader in companies.LEADERS:
            _say_who_leads(leader, leader.posts[0][0], POUL, today=today)
        _take_up(companies.BTI, POUL, today=today)
        for leader, most in CEILINGS:
            _set_ceiling(leader, most, today=today)
        for story in reversed(STORIES):  # the newest stands first on the overview
            for colleague in story.kept_by:
                if not _is_written(story, colleague):
                    say(f"  {story.title}, {colleague.posts[0][0].name}")
                    write_story(story, colleague, today=today)


@transaction.atomic(using=OWNER)
def make_organisations(
    places: Iterable[Place] = PLACES, colleagues: Sequence[Colleague] = COLLEAGUES
) -> None:
    """The units, staff and posts: written by the owner, since nobody is there yet who could."""
    known = {account.login: account for account in demo_accounts(OWNER)}
    missing = [colleague for colleague in colleagues if colleague.login not in known]
    hashed = ""
    for colleague in missing:
        made = make_demo_account(login=colleague.login, password=PASSWORD, hashed=hashed, using=OWNER)
        known[colleague.login], hashed = made, made.password
    Unit.objects.using(OWNER).bulk_create(
        [
            Unit(
                id=place.id,
                authority_id=place.authority,
                kind=place.kind,
                name=place.name,
                is_sharing_unit=True,
                starts=SINCE,
            )
            for place in places
        ],
        ignore_conflicts=True,
    )
    Staff.objects.using(OWNER).bulk_create(
        [
            Staff(
                id=one.id,
                authority_id=one.authority,
                account=known[one.login],
                name=one.name,
                title=one.title,
                phone=one.phone,
            )
            for one in colleagues
        ],
        ignore_conflicts=True,
    )
    Membership.objects.using(OWNER).bulk_create(
        [_post(one, place, role) for one in colleagues for place, role in one.posts], ignore_conflicts=True
    )


def _post(colleague: Colleague, place: Place, role: RoleKey) -> Membership:
    return Membership(
        id=colleague.post_id(place),
        authority_id=place.authority,
        staff_id=colleague.id,
        unit_id=place.id,
        role=role,
        starts=SINCE,
    )


def actor_of(colleague: Colleague) -> Actor:
    """The colleague at work in the first post."""
    place, role = colleague.posts[0]
    account = demo_accounts(OWNER).get(login=colleague.login)
    return Actor(account.pk, colleague.post_id(place), place.id, place.authority, role)


def _say_who_leads(leader: Colleague, place: Place, administrator: Colleague, *, today: date) -> None:
    post = leader.post_id(place)
    if Ledger.objects.using(OWNER).filter(holder=post, kind=RelationKind.LEADER).exists():
        return
    relation = Relation(
        HolderKind.MEMBERSHIP, post, RelationKind.LEADER, ROLES[RoleKey.LEADER].categories, starts=today
    )
    with wall.acting_as(actor_of(administrator), REASON, act="demo.leader") as actor:
        access.grant(actor=actor, relation=relation, reason=REASON)


def _take_up(company: companies.Company, administrator: Colleague, *, today: date) -> None:
    """The municipality has taken a model up as it stands, so that a course of it can begin in a unit."""
    place = administrator.posts[0][0]
    if Adoption.objects.using(OWNER).filter(authority=place.authority, key=company.key).exists():
        return
    with wall.acting_as(actor_of(administrator), REASON, act="demo.model") as actor:
        version = models.version_of(company.key, company.version)
        assert version is not None  # noqa: S101  every definition is stored before
        variant = Variant(programme=company.key, version=company.version, authority="")
        adopt_model(actor=actor, version=version.pk, variant=variant, starts=today, today=today)


def _set_ceiling(leader: Colleague, most: Decimal, *, today: date) -> None:
    place = leader.posts[0][0]
    standing: QuerySet[CaseloadCeiling] = QuerySet(model=CaseloadCeiling, using=OWNER)
    if standing.filter(unit=place.id).exists():
        return
    with wall.acting_as(actor_of(leader), REASON, act="demo.ceiling") as actor:
        courses.set_ceiling(actor=actor, unit=place.id, ceiling=most, starts=today, today=today)


def _is_written(story: Story, colleague: Colleague) -> bool:
    """Asked as the owner, who needs no sight: so the question itself is about nobody and leaves no trace."""
    records: QuerySet[PersonRecord] = QuerySet(model=PersonRecord, using=OWNER)
    return records.filter(authority_id=colleague.authority, name=story.first).exists()


def write_story(story: Story, colleague: Colleague, *, today: date) -> None:
    """One family as one unit knows it: all of it or nothing, through the wall and into the log."""
    with wall.acting_as(actor_of(colleague), REASON, act="demo.family") as actor:
        records: dict[str, PersonRecord] = {
            person.name: _write_person(actor, person, number, today=today)
            for number, person in enumerate(story.people, start=100 * STORIES.index(story) + 1)
        }
        for bond in story.bonds:
            _write_bond(actor, bond, records, today=today)


def _write_person(actor: Actor, person: Person, number: int, *, today: date) -> PersonRecord:
    born = person.born(today)
    record = families.register_person(
        actor=actor,
        particulars=Particulars(person.name, born, person.is_unborn, person.is_protected),
        civil_number=made_up(born, number) if born else "",
        made_up_allowed=True,
        today=today,
    )
    for kind, text in person.places:
        families.note_whereabouts(actor=actor, record=record, kind=kind, text=text, starts=None, today=today)
    return record


def _write_bond(actor: Actor, bond: Bond, records: dict[str, PersonRecord], *, today: date) -> None:
    tie = families.tie_persons(
        actor=actor,
        person=records[bond.person],
        kind=bond.kind,
        to=records[bond.to],
        starts=None,
        source=bond.source,
        today=today,
    )
    if bond.ended:
        families.end_tie(actor=actor, tie=tie, ends=today - timedelta(days=30 * bond.ended), today=today)
    if bond.doubt:
        families.mark_custody_disputed(actor=actor, tie=tie, is_disputed=True, reason=bond.doubt)
