"""How a course is closed: what remains is said, consents are looked at, the family has its copy."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from samspil.collaboration.courses import queries, retention, rules
from samspil.collaboration.courses.actions.facts import frame_of, write_fact_and_due
from samspil.collaboration.courses.models import (
    Closing,
    ClosingReason,
    ConsentReview,
    Course,
    Fact,
    FamilyCopy,
    Remainder,
)
from samspil.collaboration.courses.queries import OpenThing
from samspil.collaboration.courses.rules import Frame, Left
from samspil.collaboration.sharing import actions as sharing
from samspil.collaboration.sharing.models import Ending as BasisEnding
from samspil.foundation.access import actions as access
from samspil.foundation.access import sight
from samspil.foundation.access.models import Item
from samspil.foundation.audit import log
from samspil.foundation.desk.actions import store_file
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.gate import require
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.sharing import Category

PDF = "application/pdf"


@transaction.atomic
def write_remainders(*, actor: Actor, space: UUID, left: Sequence[Left]) -> list[Remainder]:
    """Write down what remains when a course ends: of each open thing, and in words for the family.

    What was written before stays, and what is written now takes its place. Raises NotAllowed for others than
    the coordinator, Refused where words are missing or the course is closed.
    """
    access.lock_space(actor=actor, space=space)
    require(actor, Permission.COURSE_CLOSE, space)
    _still_open(actor, space)
    rules.ready_to_leave(left).or_refuse()
    frame = frame_of(space)
    before = {one.thing: one for one in _remainders(space)}
    written = [
        _write_remainder(actor, frame, one, before.get(one.thing))
        for one in left
        if one.thing not in before or before[one.thing].words != one.words.strip()
    ]
    focus = {UUID(one) for one in frame.in_focus}
    log.record(actor=actor, act="remainder.written", space=space, shown=_shown(actor, focus))
    return written


@transaction.atomic
def review_consents(*, actor: Actor, space: UUID, answers: Mapping[UUID, str], today: date) -> ConsentReview:
    """Look at everything by which something may be shared: each is kept until its end, or stopped today.

    `answers` has each basis that stands, by its id: no words where it is kept, else why it is stopped.
    Raises NotAllowed for others than the coordinator and for a basis of another unit, Refused where one was
    left out.
    """
    access.lock_space(actor=actor, space=space)
    require(actor, Permission.COURSE_CLOSE, space)
    ending = queries.ending_of(actor, _course(actor, space), today)
    running = {basis.pk: basis for basis in ending.running}
    rules.looked_at_all(running, answers).or_refuse()
    for key, why in answers.items():
        if why.strip():
            sharing.end_basis(
                actor=actor,
                basis=running[key],
                ending=BasisEnding.NOT_NEEDED,
                reason=why,
                on=today,
                today=today,
            )
    frame = frame_of(space)
    people = sorted(person.id for person in frame.people)
    fact = write_fact_and_due(actor, frame, rules.REVIEWED, today, {"people": people}, today=today)
    item = access.new_item(
        actor=actor,
        kind="consent-review",
        category=Category.IDENTITY,
        subjects=[UUID(one) for one in people],
        space=space,
    )
    kept = sorted(key for key, why in answers.items() if not why.strip())
    return ConsentReview.objects.create(item_id=item, space_id=space, fact=fact, kept=kept)


@transaction.atomic
def keep_family_copy(
    *, actor: Actor, space: UUID, reader: UUID, content: bytes, name: str, today: date
) -> FamilyCopy:
    """Keep the copy that was made for one person of the course, as a PDF; an earlier one gives way to it.

    The file is the actor's alone. Raises NotAllowed for others than the coordinator, Refused for somebody who
    gets none.
    """
    require(actor, Permission.COURSE_CLOSE, space)
    item = access.new_item(
        actor=actor,
        kind="file",
        category=Category.IDENTITY,
        subjects=[reader],
        space=space,
        released=False,
    )
    file = store_file(actor=actor, item=item, name=name, media_type=PDF, content=content, now=clock.now())
    fields = {"file_id": file.pk, "sha256": file.sha256}
    return _write_copy(actor, space, reader, "family_copy.made", fields, today)


@transaction.atomic
def leave_out_copy(*, actor: Actor, space: UUID, reader: UUID, why_not: str, today: date) -> FamilyCopy:
    """Write down why somebody does not get their copy now. Raises as `keep_family_copy`."""
    if not why_not.strip():
        raise Refused(_("Write why they do not get it now."))
    fields = {"why_not": why_not.strip()}
    return _write_copy(actor, space, reader, "family_copy.left_out", fields, today)


@transaction.atomic
def give_family_copy(*, actor: Actor, copy: FamilyCopy, on: date, today: date) -> Fact:
    """Note that somebody has got their copy. Raises NotAllowed, Refused without a file or such a day."""
    access.lock_space(actor=actor, space=copy.space_id)
    require(actor, Permission.COURSE_CLOSE, copy.space_id)
    if copy.file_id is None:
        raise Refused(_("Make the copy first."))
    if on < clock.day_of(copy.made_at):
        raise Refused(_("Nobody can have got it before it was made."))
    attributes: dict[str, object] = {"people": [str(copy.reader_id)], "document": str(copy.file_id)}
    frame = frame_of(copy.space_id)
    return write_fact_and_due(actor, frame, rules.COPIED, on, attributes, today=today)


@transaction.atomic
def close_course(
    *,
    actor: Actor,
    course: Course,
    closed_on: date,
    reason: ClosingReason,
    retention_class: str,
    review: ConsentReview | None,
    family_copies: Sequence[FamilyCopy],
    open_things: Sequence[OpenThing],
    today: date,
) -> Closing:
    """Close a course. What was written stays, and only what the model asks for afterwards is due from now on.

    The door hands in what the course itself cannot know: what is still open on the floors above, and the
    review and the copies that its pages show. Raises NotAllowed for others than the coordinator, Refused
    where anything is missing or has changed since.
    """
    space = course.space_id
    access.lock_space(actor=actor, space=space)
    require(actor, Permission.COURSE_CLOSE, space)
    ending = queries.ending_of(actor, course, today)
    kept = retention.classes().get(retention_class)
    ends = ending.ends(open_things)
    rules.ready_to_close(ends, closed_on=closed_on, today=today, has_retention=kept is not None).or_refuse()
    shown, copies = {one.pk for one in family_copies}, {one.pk for one in ending.copies.values()}
    if kept is None or ending.review is None or ending.whole is None or review != ending.review:
        raise Refused(_("Look at the consents first."))  # the rule has said so; a type says it again
    if shown != copies:
        raise Refused(_("Something has changed in the meantime. Load the page again and look at each."))
    attributes: dict[str, object] = {"reason": str(reason), "retention": retention_class}
    frame = frame_of(space)
    fact = write_fact_and_due(actor, frame, rules.CLOSED, closed_on, attributes, today=today)
    return Closing.objects.create(
        item_id=_about_all(actor, frame, "closing"),
        space_id=space,
        fact=fact,
        review=ending.review,
        remainder=ending.whole,
        reason=reason,
        retention=retention_class,
        deleted_on=kept.deleted_on(closed_on),
        closed_on=closed_on,
    )


def _about_all(actor: Actor, frame: Frame, kind: str) -> UUID:
    """An everyday item about those in focus."""
    subjects = {UUID(one) for one in frame.in_focus}
    return access.new_item(
        actor=actor, kind=kind, category=Category.EVERYDAY, subjects=subjects, space=frame.space
    )


def _write_remainder(actor: Actor, frame: Frame, left: Left, before: Remainder | None) -> Remainder:
    """What is written about a thing is seen by whoever sees the thing itself."""
    if left.thing is None:
        item = _about_all(actor, frame, "remainder")
    else:
        thing = sight.visible(Item.objects.filter(pk=left.thing, space=frame.space)).first()
        if thing is None:
            raise Refused(_("Something has changed in the meantime. Load the page again and look at each."))
        item = access.new_item(
            actor=actor,
            kind="remainder",
            category=Category(thing.category),
            subjects=thing.subjects,
            space=frame.space,
        )
    return Remainder.objects.create(
        item_id=item,
        space_id=frame.space,
        thing=left.thing,
        title=left.title[:500],
        words=left.words.strip(),
        noted_at=clock.now(),
        supersedes=before,
    )


def _write_copy(
    actor: Actor, space: UUID, reader: UUID, act: str, fields: Mapping[str, Any], today: date
) -> FamilyCopy:
    access.lock_space(actor=actor, space=space)
    require(actor, Permission.COURSE_CLOSE, space)
    ending = queries.ending_of(actor, _course(actor, space), today)
    if reader not in {one.subject for one in ending.readers}:
        raise Refused(_("This person gets no copy of their own."))
    item = access.new_item(
        actor=actor, kind="family-copy", category=Category.IDENTITY, subjects=[reader], space=space
    )
    copy = FamilyCopy.objects.create(
        item_id=item,
        space_id=space,
        reader_id=reader,
        made_at=clock.now(),
        supersedes=ending.copies.get(reader),
        **fields,
    )
    reason = str(fields.get("why_not", ""))
    log.record(actor=actor, act=act, space=space, shown=_shown(actor, {reader}), reason=reason)
    return copy


def _course(actor: Actor, space: UUID) -> Course:
    course = queries.visible_courses(actor).filter(space=space).first()
    if course is None:
        raise Refused(_("There is no course here."))
    return course


def _still_open(actor: Actor, space: UUID) -> None:
    if queries.closing_of(actor, space) is not None:
        raise Refused(_("The course is closed already."))


def _remainders(space: UUID) -> list[Remainder]:
    return list(sight.visible(Remainder.objects.filter(space=space, superseded_by=None)))


def _shown(actor: Actor, subjects: set[UUID]) -> list[log.Shown]:
    if actor.authority_id is None:
        raise ValueError("only somebody who acts for a unit closes a course")
    return [log.Shown(one, actor.authority_id, Category.EVERYDAY) for one in sorted(subjects)]
