"""What happened is noted once, corrected with a reason, and never changed; what is due follows with it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from samspil.collaboration.courses import due, rules
from samspil.collaboration.courses.models import Fact, FactKind, Participant, Remark
from samspil.collaboration.courses.queries.facts import held
from samspil.collaboration.courses.rules import Frame
from samspil.collaboration.programmes import engine, vocabulary
from samspil.collaboration.programmes import queries as programmes
from samspil.foundation.access import actions as access
from samspil.foundation.audit import log
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.gate import require
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.sharing import Category

Attributes = Mapping[str, object]


@transaction.atomic
def note_fact(
    *,
    actor: Actor,
    space: UUID,
    kind: str,
    on: date | datetime,
    today: date,
    attributes: Attributes | None = None,
    by_role: str = "",
    reason: str = "",
) -> Fact:
    """Note that something happened, and bring what is due up to date. One act, one fact, one row in the log.

    `attributes` are those of the kind in the vocabulary: people and things by their ids, never words.
    `by_role` is the role in which the actor did it; where it is left out, the actor's role in the course.
    `reason` is kept as words beside a fact whose kind has one. Raises NotAllowed where the actor is not part
    of the course, Refused where it cannot have been so, or where the fact comes about by an act of its own
    (`close_course`).
    """
    access.lock_space(actor=actor, space=space)
    require(actor, Permission.FACT_NOTE, space)
    rules.in_their_own_act(kind).or_refuse()
    frame, values = frame_of(space), dict(attributes or {})
    remark = None
    if reason.strip() and kind in vocabulary.KINDS and "reason" in vocabulary.KINDS[kind].attributes:
        about = subjects_in(frame, kind, values)
        remark = write_remark(actor, space, _topic(actor, space, kind), about, reason)
        values["reason"] = str(remark.pk)
    return write_fact_and_due(actor, frame, kind, on, values, today=today, by_role=by_role, remark=remark)


@transaction.atomic
def correct_fact(
    *,
    actor: Actor,
    fact: Fact,
    reason: str,
    today: date,
    on: date | datetime | None = None,
    attributes: Attributes | None = None,
) -> Fact:
    """Note what should have been noted, with the reason. The first one stays and no longer counts.

    What is not given stays as it was. Raises NotAllowed where another unit noted it, Refused where it was
    corrected already, has no reason, or cannot have been so.
    """
    frame, remark = _ready_to_correct(actor, fact, reason, is_withdrawn=False)
    values = dict(fact.attributes if attributes is None else attributes)
    moment = on if on is not None else (fact.at or fact.on_day)
    return write_fact_and_due(
        actor,
        frame,
        fact.kind,
        moment,
        values,
        today=today,
        by_role=fact.by_role,
        corrects=fact,
        remark=remark,
    )


@transaction.atomic
def withdraw_fact(*, actor: Actor, fact: Fact, reason: str, today: date) -> Fact:
    """Note that something was noted by mistake. Raises as `correct_fact`."""
    frame, remark = _ready_to_correct(actor, fact, reason, is_withdrawn=True)
    return write_fact_and_due(
        actor, frame, rules.WITHDRAWN, fact.on_day, {}, today=today, corrects=fact, remark=remark
    )


@transaction.atomic
def excuse_step(
    *,
    actor: Actor,
    space: UUID,
    step: str,
    reason: str,
    on: date,
    today: date,
    n: int | None = None,
    person: UUID | None = None,
) -> Fact:
    """Leave a step out with a reason: once (`n`), for one person, or the one that stands open now.

    Raises NotAllowed for others than the coordinator, Refused without a reason or for an unknown step.
    What is missed already stays missed.
    """
    access.lock_space(actor=actor, space=space)
    require(actor, Permission.COURSE_STEER, space)
    frame = frame_of(space)
    programme = programmes.definition(frame.version)
    rules.ready_to_excuse(step, steps=engine.step_keys(programme), reason=reason).or_refuse()
    attributes: dict[str, object] = {"step": step}
    if n is not None:
        attributes["n"] = n
    if person is not None:
        attributes["person"] = str(person)
    subjects = subjects_in(frame, "step.excused", attributes)
    topic = rules.topic_of_words(due.category_of_step(programme, step), held(actor, space))
    remark = write_remark(actor, space, topic, subjects, reason)
    attributes["reason"] = str(remark.pk)
    return write_fact_and_due(
        actor, frame, "step.excused", on, attributes, today=today, remark=remark, steps=(step,)
    )


def load_vocabulary(*, using: str = "owner") -> int:
    """Bring the kinds of facts in line with the vocabulary. A system action, run at every start."""
    rows = [
        FactKind(
            kind=kind.name,
            category=int(kind.category),
            attributes=list(kind.attributes),
            clock=[name for name, attribute in kind.attributes.items() if attribute.clock],
            also=[int(one) for one in kind.topics[1:]],
        )
        for kind in vocabulary.KINDS.values()
    ]
    FactKind.objects.using(using).bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["kind"],
        update_fields=["category", "attributes", "clock", "also"],
    )
    return len(rows)


def write_fact_and_due(
    actor: Actor,
    frame: Frame,
    kind: str,
    on: date | datetime,
    attributes: dict[str, object],
    *,
    today: date,
    by_role: str = "",
    corrects: Fact | None = None,
    remark: Remark | None = None,
    steps: Sequence[str] | None = None,
) -> Fact:
    """Write one fact and what follows from it. The space is locked by now, and the actor may."""
    now = clock.now()
    by_role = by_role or _role_of(actor, frame.space, today)
    rules.ready_to_note(
        kind,
        on,
        attributes,
        by_role=by_role,
        programme=programmes.definition(frame.version),
        people=frame.people,
        opened_on=frame.opened_on,
        today=today,
        now=now,
    ).or_refuse()
    if corrects is None or (kind == corrects.kind and attributes != corrects.attributes):
        due.nothing_holds_back(frame, kind, attributes, today=today).or_refuse()
    category = _category(actor, frame.space, kind, corrects)
    subjects = subjects_in(frame, corrects.kind if corrects else kind, _named_by(corrects, kind, attributes))
    item = access.new_item(actor=actor, kind="fact", category=category, subjects=subjects, space=frame.space)
    fact = _write_fact(item, frame.space, kind, on, attributes, now, by_role, corrects, remark)
    touched = corrects.kind if corrects is not None else kind
    due.rewrite(frame, touched, today=today, steps=steps)
    log.record(
        actor=actor,
        act=kind,
        space=frame.space,
        shown=[log.Shown(one, frame.owner.authority, category) for one in subjects],
        reason=remark.text if remark else "",
    )
    return fact


def _write_fact(
    item: UUID,
    space: UUID,
    kind: str,
    on: date | datetime,
    attributes: dict[str, object],
    now: datetime,
    by_role: str,
    corrects: Fact | None,
    remark: Remark | None,
) -> Fact:
    at = on if isinstance(on, datetime) else None
    try:
        with transaction.atomic():
            return Fact.objects.create(
                item_id=item,
                space_id=space,
                kind=kind,
                on_day=clock.day_of(at) if at else on,
                at=at,
                noted_at=now,
                by_role=by_role,
                attributes=attributes,
                corrects=corrects,
                remark=remark,
            )
    except IntegrityError as error:
        if corrects is None:
            raise
        raise Refused(_("This was corrected already. Correct the newest one.")) from error


def _ready_to_correct(actor: Actor, fact: Fact, reason: str, *, is_withdrawn: bool) -> tuple[Frame, Remark]:
    access.lock_space(actor=actor, space=fact.space_id)
    require(actor, Permission.FACT_CORRECT, fact)
    rules.ready_to_correct(
        kind=fact.kind,
        is_corrected=Fact.objects.filter(corrects=fact).first() is not None,
        reason=reason,
        is_withdrawn=is_withdrawn,
    ).or_refuse()
    frame = frame_of(fact.space_id)
    subjects = subjects_in(frame, fact.kind, fact.attributes)
    remark = write_remark(actor, frame.space, Category(fact.item.category), subjects, reason)
    return frame, remark


def write_remark(actor: Actor, space: UUID, category: Category, subjects: set[UUID], text: str) -> Remark:
    """The words that a fact points to, as an item of their own."""
    item = access.new_item(actor=actor, kind="remark", category=category, subjects=subjects, space=space)
    return Remark.objects.create(item_id=item, space_id=space, text=text.strip())


def _topic(actor: Actor, space: UUID, kind: str) -> Category:
    """Under what the actor notes a kind. No query where the kind has one topic, else three at most."""
    topics = vocabulary.KINDS[kind].topics
    return topics[0] if len(topics) == 1 else rules.topic_of(topics, held(actor, space))


def _category(actor: Actor, space: UUID, kind: str, corrects: Fact | None) -> Category:
    """What is put in the place of another stands where that stood."""
    if corrects is not None and corrects.kind == kind:
        return Category(corrects.item.category)
    return _topic(actor, space, kind)


def _named_by(corrects: Fact | None, kind: str, attributes: Attributes) -> Attributes:
    """What is withdrawn is about whom it was about; everything else about whom it names."""
    return corrects.attributes if corrects is not None and kind == rules.WITHDRAWN else attributes


def subjects_in(frame: Frame, kind: str, attributes: Attributes) -> set[UUID]:
    """Whom a fact is about: the people of the course it names, else those in focus."""
    people = [person.id for person in frame.people]
    found = rules.subjects_of(kind, attributes, people) or frame.in_focus
    return {UUID(one) for one in found}


def frame_of(space: UUID) -> Frame:
    frame = due.frame_of(space)
    if frame is None:
        raise Refused(_("There is no course here."))
    return frame


def _role_of(actor: Actor, space: UUID, today: date) -> str:
    """The actor's role in the course, where there is exactly one."""
    rows = Participant.objects.filter(
        space=space, membership=actor.membership_id, starts__lte=today, ends__gt=today
    )
    roles = {row.role for row in rows}
    return roles.pop() if len(roles) == 1 else ""
