"""Everything that changes a course. What happened is noted once; what is due follows with it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from samspil.collaboration.courses import due, rules
from samspil.collaboration.courses.models import Course, CoursePerson, Fact, FactKind, Participant, Remark
from samspil.collaboration.courses.rules import Frame, Named, Newcomer
from samspil.collaboration.programmes import engine, vocabulary
from samspil.collaboration.programmes import queries as programmes
from samspil.collaboration.programmes.models import ProgrammeVersion
from samspil.collaboration.sharing import actions as sharing
from samspil.collaboration.sharing.rules import Consent, Statute
from samspil.foundation.access import actions as access
from samspil.foundation.audit import log
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.clock import NEVER
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.gate import require
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.sharing import Category, HolderKind, Relation, RelationKind
from samspil.foundation.organisations.models import Membership

Attributes = Mapping[str, object]


@transaction.atomic
def open_course(
    *,
    actor: Actor,
    version: UUID,
    people: Sequence[Newcomer],
    opened_on: date,
    today: date,
    roles: Mapping[UUID, str],
    categories: Mapping[UUID, Category] | None = None,
    bases: Sequence[Consent | Statute] = (),
    attributes: Attributes | None = None,
) -> Course:
    """Open a course under one version of a model; the actor is its first coordinator.

    `roles` names members of staff (by membership) for roles of the model, the actor too; the others join the
    team with these `categories` (everyday and identity where nothing is said). `bases` are consents and legal
    grounds for the units that take part, registered with the course. Raises NotAllowed, and Refused where the
    model asks for a basis and none is given, or where people, roles or the day cannot be.
    """
    require(actor, Permission.SPACE_OPEN, actor.unit_id)
    programme = programmes.definition(version)
    named = _named(actor, roles)
    rules.ready_to_open(
        programme,
        people,
        named,
        bases,
        unit=_unit(actor),
        opened_on=opened_on,
        today=today,
    ).or_refuse()
    space = access.new_space(actor=actor)
    access.lock_space(actor=actor, space=space)
    course = _write_course(actor, space, version, people, opened_on)
    for basis in bases:
        _register(actor, space, basis, today)
    for one in named:
        _write_participant(actor, space, one, (categories or {}).get(one.membership), today)
    _note(actor, _frame(space), rules.OPENED, opened_on, dict(attributes or {}), today=today)
    return course


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
) -> Fact:
    """Note that something happened, and bring what is due up to date. One act, one fact, one row in the log.

    `attributes` are those of the kind in the vocabulary: people and things by their ids, never words.
    `by_role` is the role in which the actor did it; where it is left out, the actor's role in the course.
    Raises NotAllowed where the actor is not part of the course, Refused where it cannot have been so.
    """
    access.lock_space(actor=actor, space=space)
    require(actor, Permission.FACT_NOTE, space)
    return _note(actor, _frame(space), kind, on, dict(attributes or {}), today=today, by_role=by_role)


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
    return _note(
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
    return _note(actor, frame, rules.WITHDRAWN, fact.on_day, {}, today=today, corrects=fact, remark=remark)


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
    frame = _frame(space)
    programme = programmes.definition(frame.version)
    rules.ready_to_excuse(step, steps=engine.step_keys(programme), reason=reason).or_refuse()
    attributes: dict[str, object] = {"step": step}
    if n is not None:
        attributes["n"] = n
    if person is not None:
        attributes["person"] = str(person)
    subjects = _subjects(frame, "step.excused", attributes)
    remark = _remark(actor, space, due.category_of_step(programme, step), subjects, reason)
    attributes["reason"] = str(remark.pk)
    return _note(actor, frame, "step.excused", on, attributes, today=today, remark=remark, steps=(step,))


@transaction.atomic
def name_participant(
    *,
    actor: Actor,
    space: UUID,
    role: str,
    membership: UUID,
    today: date,
    categories: Category | None = None,
) -> Participant:
    """Name a member of staff for a role of the model, and let them into the team where they are not yet.

    Raises NotAllowed for others than the coordinator, Refused for a role the model does not have.
    """
    access.lock_space(actor=actor, space=space)
    require(actor, Permission.COURSE_STEER, space)
    rules.fills(programmes.definition(_frame(space).version), role).or_refuse()
    [named] = _named(actor, {membership: role})
    participant = _write_participant(actor, space, named, categories, today)
    log.record(actor=actor, act="participant.named", space=space, reason=f"{role} {membership}")
    return participant


@transaction.atomic
def accept_role(*, actor: Actor, participant: Participant, today: date) -> Fact:
    """Say yes to a role of one's own. A contact person or coordinator has a name from this day.

    Raises Refused where it is another's, or accepted already.
    """
    if participant.membership_id != actor.membership_id:
        raise Refused(_("Only the one who was named says yes."))
    access.lock_space(actor=actor, space=participant.space_id)
    require(actor, Permission.FACT_NOTE, participant.space_id)
    if participant.accepted_on is not None:
        raise Refused(_("You have said yes already."))
    participant.accepted_on = today
    participant.save(update_fields=["accepted_on"])
    frame = _frame(participant.space_id)
    programme = programmes.definition(frame.version)
    role = next(one for one in programme.roles if one.key == participant.role)
    attributes: dict[str, object] = {"role": role.key, "person": str(participant.membership_id)}
    kind = "coordinator.accepted" if role.coordinator else "contact_person.accepted"
    if kind == "contact_person.accepted":
        attributes["sector"] = role.sector if role.sector in ("region", "municipality") else "other"
    return _note(actor, frame, kind, today, attributes, today=today, by_role=role.key)


@transaction.atomic
def end_participation(*, actor: Actor, participant: Participant, on: date, today: date) -> Participant:
    """End a part in a course; the team relation is ended apart. Raises NotAllowed and Refused."""
    require(actor, Permission.COURSE_STEER, participant.space_id)
    if on < today or on > participant.ends:
        raise Refused(_("A part in a course ends today or later."))
    participant.ends = max(on, participant.starts)
    participant.save(update_fields=["ends"])
    log.record(actor=actor, act="participant.ended", space=participant.space_id, reason=participant.role)
    return participant


def load_vocabulary(*, using: str = "owner") -> int:
    """Bring the kinds of facts in line with the vocabulary. A system action, run at every start."""
    rows = [
        FactKind(
            kind=kind.name,
            category=int(kind.category),
            attributes=list(kind.attributes),
            clock=[name for name, attribute in kind.attributes.items() if attribute.clock],
        )
        for kind in vocabulary.KINDS.values()
    ]
    FactKind.objects.using(using).bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["kind"],
        update_fields=["category", "attributes", "clock"],
    )
    return len(rows)


# --- how a fact is written --------------------------------------------------------------------------------


def _note(
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
    category = vocabulary.KINDS[kind].category
    subjects = _subjects(frame, corrects.kind if corrects else kind, _named_by(corrects, kind, attributes))
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
    frame = _frame(fact.space_id)
    subjects = _subjects(frame, fact.kind, fact.attributes)
    remark = _remark(actor, frame.space, vocabulary.KINDS[fact.kind].category, subjects, reason)
    return frame, remark


def _remark(actor: Actor, space: UUID, category: Category, subjects: set[UUID], text: str) -> Remark:
    """The words that a fact points to, as an item of their own."""
    item = access.new_item(actor=actor, kind="remark", category=category, subjects=subjects, space=space)
    return Remark.objects.create(item_id=item, space_id=space, text=text.strip())


def _named_by(corrects: Fact | None, kind: str, attributes: Attributes) -> Attributes:
    """What is withdrawn is about whom it was about; everything else about whom it names."""
    return corrects.attributes if corrects is not None and kind == rules.WITHDRAWN else attributes


def _subjects(frame: Frame, kind: str, attributes: Attributes) -> set[UUID]:
    """Whom a fact is about: the people of the course it names, else those in focus."""
    people = [person.id for person in frame.people]
    found = rules.subjects_of(kind, attributes, people) or frame.in_focus
    return {UUID(one) for one in found}


def _frame(space: UUID) -> Frame:
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


# --- how a course is written ------------------------------------------------------------------------------


def _write_course(
    actor: Actor, space: UUID, version: UUID, people: Sequence[Newcomer], opened_on: date
) -> Course:
    focus = [person.subject for person in people if person.in_focus]
    item = access.new_item(
        actor=actor, kind="course", category=Category.IDENTITY, subjects=focus, space=space
    )
    course = Course.objects.create(
        item_id=item,
        space_id=space,
        version=ProgrammeVersion.objects.get(pk=version),
        opened_on=opened_on,
    )
    for person in people:
        own = access.new_item(
            actor=actor,
            kind="course-person",
            category=Category.IDENTITY,
            subjects=[person.subject],
            space=space,
        )
        CoursePerson.objects.create(
            item_id=own,
            space_id=space,
            subject_id=person.subject,
            born=person.born,
            roles=list(person.roles),
            is_in_focus=person.in_focus,
        )
    return course


def _write_participant(
    actor: Actor, space: UUID, named: Named, categories: Category | None, today: date
) -> Participant:
    if named.membership != actor.membership_id:
        relation = Relation(
            holder_kind=HolderKind.MEMBERSHIP,
            holder=named.membership,
            kind=RelationKind.TEAM,
            categories=categories or Category.IDENTITY | Category.EVERYDAY,
            space=space,
            starts=today,
        )
        access.grant(actor=actor, relation=relation)
    try:
        with transaction.atomic():
            return Participant.objects.create(
                space_id=space,
                role=named.role,
                membership_id=named.membership,
                unit_id=named.unit,
                starts=today,
                ends=NEVER,
            )
    except IntegrityError as error:
        raise Refused(_("This colleague has the role already.")) from error


def _named(actor: Actor, roles: Mapping[UUID, str]) -> list[Named]:
    """Members of staff with their units, in the order given."""
    found = Membership.objects.select_related("unit").in_bulk(list(roles))
    if len(found) < len(roles):
        raise Refused(_("There is no such colleague."))
    return [
        Named(role, key, found[key].unit_id, _sharing_unit(actor, found[key]), found[key].authority_id)
        for key, role in roles.items()
    ]


def _sharing_unit(actor: Actor, membership: Membership) -> UUID:
    """The unit whose boundary a colleague stands inside."""
    if membership.pk == actor.membership_id:
        return _unit(actor)
    unit = membership.unit
    while not unit.is_sharing_unit and unit.parent is not None:
        unit = unit.parent
    return unit.pk if unit.is_sharing_unit else membership.unit_id


def _register(actor: Actor, space: UUID, basis: Consent | Statute, today: date) -> None:
    if isinstance(basis, Consent):
        sharing.register_consent(actor=actor, space=space, consent=basis, today=today)
    else:
        sharing.register_statute(actor=actor, space=space, statute=basis, today=today)


def _unit(actor: Actor) -> UUID:
    if actor.unit_id is None:  # the gate has let only members of staff through
        raise Refused(_("Only somebody who acts for a unit may do this."))
    return actor.unit_id
