"""Who may do what in a course. The role is checked by the gate; here stands the relation."""

from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from samspil.collaboration.courses.models import Fact
from samspil.collaboration.families.models import PersonRecord
from samspil.foundation.access import queries as access
from samspil.foundation.access import sight
from samspil.foundation.access.models import Item
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import YES, Decision, no
from samspil.foundation.kernel.gate import policy
from samspil.foundation.kernel.permissions import Permission


def takes_part(space: UUID) -> Decision:
    """A member of the team of the course, or the leader of the unit that leads it. The wall asks the same."""
    return YES if _wall_says("reckons", space) else no(_("You are not part of this course."))


def steers(space: UUID) -> Decision:
    """The coordinator of the course, or the leader of the unit that leads it. The wall asks the same."""
    return YES if _wall_says("steers", space) else no(_("Only the coordinator of the course does this."))


@policy(Permission.FACT_NOTE)
def may_note(_actor: Actor, space: UUID) -> Decision:
    """Whoever takes part notes what happened."""
    return takes_part(space)


@policy(Permission.FACT_CORRECT)
def may_correct(actor: Actor, fact: Fact) -> Decision:
    """Whoever sees a fact that the own unit has noted. Another unit is told, and corrects it itself."""
    item = sight.visible(Item.objects.filter(pk=fact.pk)).first()
    if item is None:
        return no(_("You are not part of this course."))
    if item.owner_unit_id != actor.unit_id:
        return no(_("Another unit has noted this. Ask it to correct it."))
    return YES


@policy(Permission.COURSE_BEGIN)
def may_begin(actor: Actor, subject: UUID) -> Decision:
    """About somebody whose record the own unit keeps; what the wall does not show is kept by nobody here."""
    rows = PersonRecord.objects.filter(subject=subject, is_current=True, item__owner_unit=actor.unit_id)
    if sight.visible(rows).first() is not None:
        return YES
    return no(_("Your unit keeps no record of this person. Write the person down first."))


@policy(Permission.COURSE_STEER)
def may_steer(_actor: Actor, space: UUID) -> Decision:
    """The coordinator chooses who takes part and leaves steps out."""
    return steers(space)


@policy(Permission.COURSE_CLOSE)
def may_close(_actor: Actor, space: UUID) -> Decision:
    """The coordinator closes a course."""
    return steers(space)


@policy(Permission.CASELOAD_VIEW)
def may_view_caseload(_actor: Actor, _unit: UUID | None) -> Decision:
    """A leader sees what the colleagues of the own unit carry; the whole organisation from five on."""
    return YES if access.asker().led_units else no(_("Only a leader sees how much the colleagues carry."))


@policy(Permission.CASELOAD_SET)
def may_set_ceiling(_actor: Actor, unit: UUID) -> Decision:
    """A leader sets the ceiling for the units that the leader leads."""
    if unit in access.asker().led_units:
        return YES
    return no(_("Only the leader of the unit sets its ceiling."))


def _wall_says(function: str, space: UUID) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT wall.{function}(%s)", [space])
        [[answer]] = cursor.fetchall()
    return bool(answer)
