"""Which families have a course, and whether it is told already."""

from collections.abc import Callable
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from samspil.collaboration.courses.models import CoursePerson, Participant, Referral
from samspil.doors.demo.actions import OWNER
from samspil.doors.demo.courses import lund, others, referred
from samspil.doors.demo.courses.telling import Telling
from samspil.doors.demo.stories import DAM, LUND, OERSTED, YILMAZ, Story

TALES: tuple[tuple[Story, Callable[[date], Telling]], ...] = (
    (LUND, lund.tell),
    (YILMAZ, others.tell_yilmaz),
    (OERSTED, others.tell_oersted),
    (DAM, others.tell_dam),
)


def make(*, today: date, say: Callable[[str], None] = lambda _line: None) -> None:
    """Tell every course that is not told yet: each whole or not at all."""
    for story, tell in TALES:
        if not is_told(story.first):
            say(f"  {story.title}, et forløb")
            with transaction.atomic():
                told = tell(today)
            _took_part_before(told)
    if not QuerySet(model=Referral, using=OWNER).exists():
        say("  Familien Møller, en henvisning")
        with transaction.atomic():
            referred.refer(today)


def is_told(first: str) -> bool:
    """Has this person, the first of a family, a course already?"""
    people: QuerySet[CoursePerson] = QuerySet(model=CoursePerson, using=OWNER)
    return people.filter(name=first).exists()


@transaction.atomic(using=OWNER)
def _took_part_before(told: Telling) -> None:
    """Who joined on the way did so in the third week, others from the start. No action can say so."""
    parts: QuerySet[Participant] = QuerySet(model=Participant, using=OWNER)
    parts.filter(space=told.space, accepted_on=told.today).update(
        starts=told.day(20), accepted_on=told.day(21)
    )
    for membership, on in told.said_before.items():
        mine = parts.filter(space=told.space, membership=membership)
        mine.update(starts=told.opened_on, accepted_on=on)
