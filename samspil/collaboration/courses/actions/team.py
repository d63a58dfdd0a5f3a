"""Who fills which role of the model in a course: named, accepted, ended."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from samspil.collaboration.courses import queries, rules
from samspil.collaboration.courses.actions.facts import frame_of, write_fact_and_due
from samspil.collaboration.courses.models import Fact, Participant
from samspil.collaboration.courses.rules import Frame, Named
from samspil.collaboration.programmes import queries as programmes
from samspil.collaboration.programmes.language import Programme
from samspil.foundation.access import actions as access
from samspil.foundation.access import sight
from samspil.foundation.audit import log
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.clock import NEVER
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.gate import require
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.roles import ROLES, RoleKey
from samspil.foundation.kernel.sharing import Category, HolderKind, Purpose, Relation, RelationKind
from samspil.foundation.organisations.models import Membership

DEFAULT = Category.IDENTITY | Category.EVERYDAY
"""What everybody who takes part is let in to where nothing else is said."""
SAID = Category.IDENTITY | Category.EVERYDAY
"""A basis for one of these is no secret to whoever takes part; others are not told of in a fact."""


@transaction.atomic
def name_participant(
    *,
    actor: Actor,
    space: UUID,
    role: str,
    membership: UUID,
    today: date,
    categories: Category | None = None,
    succeeds: bool = False,
) -> Participant:
    """Name a member of staff for a role of the model, and let them into the team where they are not yet.

    Who is named for the role that the coordination passes to is offered it. `succeeds`: the colleague is to
    take over a role that is filled, and says yes on the handover. Raises NotAllowed for others than the
    coordinator; Refused for a role the model does not have or that is filled, for whoever takes part already,
    for a unit without a basis, and for topics beyond the colleague's role.
    """
    access.lock_space(actor=actor, space=space)
    require(actor, Permission.COURSE_STEER, space)
    frame = frame_of(space)
    programme = programmes.definition(frame.version)
    [named] = named_for(actor, {membership: role})
    found = queries.standing(actor, space, today)
    post = _post(membership, today)
    _ready_to_name(actor, frame, programme, named, post, found, categories, succeeds=succeeds, today=today)
    participant = write_participant(actor, space, named, categories, today)
    log.record(actor=actor, act="participant.named", space=space, reason=f"{role} {membership}")
    if _coordinates(programme, role):
        attributes: dict[str, object] = {"role": role, "person": str(membership)}
        write_fact_and_due(actor, frame, "coordinator.named", today, attributes, today=today)
    if named.sharing_unit not in {queries.sharing_unit(one.unit) for one in found.parts}:
        receivers = {named.sharing_unit, named.authority}
        note_disclosures(actor, frame, found.bases(today), receivers, today=today)
    return participant


def _ready_to_name(
    actor: Actor,
    frame: Frame,
    programme: Programme,
    named: Named,
    post: Membership,
    found: queries.Standing,
    categories: Category | None,
    *,
    succeeds: bool,
    today: date,
) -> None:
    parts = [
        rules.Part(one.role, one.membership_id, one.membership.staff_id, one.membership.staff.name)
        for one in found.parts
    ]
    colleague = rules.Part(named.role, post.pk, post.staff_id, post.staff.name)
    rules.ready_to_name(
        programme, named.role, colleague=colleague, parts=parts, succeeds=succeeds
    ).or_refuse()
    own_role = ROLES[RoleKey(post.role)]
    rules.within(
        DEFAULT if categories is None else categories, own_role.categories, role=own_role.title
    ).or_refuse()
    if named.sharing_unit not in (actor.unit_id, frame.owner.unit):
        bases = [
            (one.holder, one.subject)
            for one in found.bases(today)
            if one.subject is not None and one.purpose is Purpose.COORDINATION
        ]
        focus = [UUID(one) for one in frame.in_focus]
        rules.has_basis(programme, focus, {named.sharing_unit, named.authority}, bases).or_refuse()


def _post(membership: UUID, today: date) -> Membership:
    rows = Membership.objects.select_related("staff", "unit")
    found = rows.filter(pk=membership, starts__lte=today, ends__gt=today).first()
    if found is None:
        raise Refused(_("There is no such colleague."))
    return found


def note_disclosures(
    actor: Actor, frame: Frame, bases: Iterable[Relation], receivers: set[UUID], *, today: date
) -> None:
    """Note that information about each person in the course now reaches a receiver, and on what basis.

    It does so when both stand: somebody of the receiver takes part, and a basis for name or everyday life is
    in force. Which topics it opens is not noted: who may not see a topic does not learn that it is shared.
    """
    people = {person.id for person in frame.people}
    noted: set[tuple[UUID, UUID, RelationKind]] = set()
    for one in bases:
        key = (one.holder, one.subject or UUID(int=0), one.kind)
        plain = one.categories & SAID and one.purpose is Purpose.COORDINATION and one.giver == actor.unit_id
        if not plain or one.holder not in receivers or str(one.subject) not in people or key in noted:
            continue
        noted.add(key)
        receiver, person = str(one.holder), str(one.subject)
        write_fact_and_due(
            actor,
            frame,
            "disclosure.made",
            today,
            {"person": person, "receiver": receiver, "basis": one.kind.value},
            today=today,
        )


@transaction.atomic
def accept_role(*, actor: Actor, participant: Participant, today: date) -> Fact | None:
    """Say yes to a role of one's own. A contact person or coordinator has a name from this day.

    Who is offered the coordination takes it with the same yes. A role that the model never asks a yes of is
    noted without a fact.
    Raises Refused where it is another's, accepted already, or where the yes belongs on a handover.
    """
    if participant.membership_id != actor.membership_id:
        raise Refused(_("Only the one who was named says yes."))
    access.lock_space(actor=actor, space=participant.space_id)
    require(actor, Permission.FACT_NOTE, participant.space_id)
    part = sight.visible(Participant.objects.filter(pk=participant.pk, ends__gt=today)).first()
    if part is None:
        raise Refused(_("This part has ended."))
    if part.accepted_on is not None:
        raise Refused(_("You have said yes already."))
    frame = frame_of(part.space_id)
    programme = programmes.definition(frame.version)
    role = next(one for one in programme.roles if one.key == part.role)
    _ready_to_accept(actor, programme, part, today)
    participant.accepted_on = part.accepted_on = today
    part.save(update_fields=["accepted_on"])
    if not rules.is_noted_when_accepted(programme, role):
        log.record(actor=actor, act="participant.accepted", space=part.space_id, reason=role.key)
        return None
    attributes: dict[str, object] = {"role": role.key, "person": str(part.membership_id)}
    kind = "coordinator.accepted" if rules.coordinates(programme, role) else "contact_person.accepted"
    if kind == "contact_person.accepted":
        attributes["sector"] = role.sector if role.sector in ("region", "municipality") else "other"
    return write_fact_and_due(actor, frame, kind, today, attributes, today=today, by_role=role.key)


def _ready_to_accept(actor: Actor, programme: Programme, part: Participant, today: date) -> None:
    """A role of one's own is taken at once; a filled one, and the coordination, when it is offered."""
    asked = queries.open_handover(actor, part.space_id)
    if asked is not None and asked.receiver_id == actor.membership_id:
        raise Refused(_("You are asked to take the coordination over. Say yes on the handover."))
    found = queries.standing(actor, part.space_id, today)
    others = [one for one in found.parts if one.role == part.role and one.pk != part.pk]
    most = rules.most_in(programme, part.role)
    if most is not None and len(others) >= most:
        raise Refused(
            _("%(name)s still has this role. You take it over when the coordination is handed to you.")
            % {"name": others[0].membership.staff.name}
        )
    if not _coordinates(programme, part.role) or found.baton == actor.membership_id:
        return
    if found.offered != actor.membership_id:
        raise Refused(_("The coordination has not been offered to you. Ask the coordinator for a handover."))
    access.take_baton(actor=actor, space=part.space_id)


@transaction.atomic
def end_participation(*, actor: Actor, participant: Participant, on: date, today: date) -> Participant:
    """End a part in a course, and with the last one what it opens.

    Raises NotAllowed for others than the coordinator, Refused for whoever coordinates or is asked to.
    """
    space = participant.space_id
    access.lock_space(actor=actor, space=space)
    require(actor, Permission.COURSE_STEER, space)
    found = queries.standing(actor, space, today)
    asked = queries.open_handover(actor, space)
    rules.ready_to_end(
        name=participant.membership.staff.name,
        coordinates=found.baton == participant.membership_id,
        is_asked=asked is not None and asked.receiver_id == participant.membership_id,
        on=on,
        ends=participant.ends,
        today=today,
    ).or_refuse()
    close_part(actor, participant, found, on=on)
    log.record(actor=actor, act="participant.ended", space=space, reason=participant.role)
    return participant


def close_part(actor: Actor, participant: Participant, found: queries.Standing, *, on: date) -> None:
    """From `on` somebody no longer has a role, and without another one no longer stands in the team."""
    participant.ends = max(on, participant.starts)
    participant.save(update_fields=["ends"])
    others = [
        one
        for one in found.parts
        if one.membership_id == participant.membership_id and one.pk != participant.pk and one.ends > on
    ]
    if not others:
        for one in found.relations_of(participant.membership_id):
            access.end(actor=actor, relation=one.id, on=on)


def write_participant(
    actor: Actor, space: UUID, named: Named, categories: Category | None, today: date
) -> Participant:
    if named.membership != actor.membership_id:
        relation = Relation(
            holder_kind=HolderKind.MEMBERSHIP,
            holder=named.membership,
            kind=RelationKind.TEAM,
            categories=categories or DEFAULT,
            space=space,
            starts=today,
        )
        access.grant(actor=actor, relation=relation)
        _offer_coordination(actor, space, named)
    return write_part(space, named, today)


def write_part(space: UUID, named: Named, today: date) -> Participant:
    """Who fills a role, of those who stand in the team already."""
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


def _offer_coordination(actor: Actor, space: UUID, named: Named) -> None:
    """Who is named for the role that the coordination passes to is asked to take it, where nobody else is."""
    programme = programmes.definition(frame_of(space).version)
    is_filled = Participant.objects.filter(space=space, role=named.role, ends=NEVER).first() is not None
    if not _coordinates(programme, named.role) or is_filled or queries.open_handover(actor, space):
        return
    access.offer_baton(actor=actor, space=space, to=named.membership)


def _coordinates(programme: Programme, role: str) -> bool:
    return any(one.key == role and rules.coordinates(programme, one) for one in programme.roles)


def named_for(actor: Actor, roles: Mapping[UUID, str]) -> list[Named]:
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
        return unit_of(actor)
    return queries.sharing_unit(membership.unit)


def unit_of(actor: Actor) -> UUID:
    if actor.unit_id is None:  # the gate has let only members of staff through
        raise Refused(_("Only somebody who acts for a unit may do this."))
    return actor.unit_id
