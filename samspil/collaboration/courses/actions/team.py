"""Who fills which role of the model in a course: named, accepted, ended."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from samspil.collaboration.courses import rules
from samspil.collaboration.courses.actions.facts import frame_of, write_fact_and_due
from samspil.collaboration.courses.models import Fact, Participant
from samspil.collaboration.courses.rules import Named
from samspil.collaboration.programmes import queries as programmes
from samspil.foundation.access import actions as access
from samspil.foundation.audit import log
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.clock import NEVER
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.gate import require
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.sharing import Category, HolderKind, Relation, RelationKind
from samspil.foundation.organisations.models import Membership


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
    rules.fills(programmes.definition(frame_of(space).version), role).or_refuse()
    [named] = named_for(actor, {membership: role})
    participant = write_participant(actor, space, named, categories, today)
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
    frame = frame_of(participant.space_id)
    programme = programmes.definition(frame.version)
    role = next(one for one in programme.roles if one.key == participant.role)
    attributes: dict[str, object] = {"role": role.key, "person": str(participant.membership_id)}
    kind = "coordinator.accepted" if rules.coordinates(programme, role) else "contact_person.accepted"
    if kind == "contact_person.accepted":
        attributes["sector"] = role.sector if role.sector in ("region", "municipality") else "other"
    return write_fact_and_due(actor, frame, kind, today, attributes, today=today, by_role=role.key)


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


def write_participant(
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
    unit = membership.unit
    while not unit.is_sharing_unit and unit.parent is not None:
        unit = unit.parent
    return unit.pk if unit.is_sharing_unit else membership.unit_id


def unit_of(actor: Actor) -> UUID:
    if actor.unit_id is None:  # the gate has let only members of staff through
        raise Refused(_("Only somebody who acts for a unit may do this."))
    return actor.unit_id
