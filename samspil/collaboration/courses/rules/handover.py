"""The coordination passes from one to the next, and a part in a course ends. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from samspil.collaboration.courses.rules.team import title_of
from samspil.collaboration.programmes.language import Programme
from samspil.foundation.kernel.decisions import YES, Decision, no

LONGEST_OVERLAP = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Next:
    """Who is to take the coordination over, as the rules need to know it."""

    membership: UUID
    name: str
    role: str | None
    may_steer: bool
    ends: date


def ready_to_hand_over(
    programme: Programme,
    to: Next,
    *,
    from_role: str,
    giver: UUID | None,
    waiting: str,
    why: str,
    overlap_until: date | None,
    today: date,
) -> Decision:
    """The coordination passes to one who can carry it, once at a time, with a reason."""
    if giver is None:
        return no(_("Nobody coordinates this course right now. Ask the leader."))
    if waiting:
        return no(_("The handover to %(name)s is waiting for an answer. Take it back first."), name=waiting)
    if to.role is None or to.ends <= today:
        return no(_("Only somebody who takes part can take over. Add the colleague first."))
    if to.membership == giver:
        return no(_("%(name)s coordinates the course already."), name=to.name)
    if not to.may_steer:
        return no(_("%(name)s works in a role that cannot coordinate a course."), name=to.name)
    if not next(one for one in programme.roles if one.key == to.role).coordinator:
        return no(
            _(
                "%(name)s takes part as %(role)s. Only a coordinator or contact person of the model takes "
                "over."
            ),
            name=to.name,
            role=title_of(programme, to.role),
        )
    if not why.strip():
        return no(_("Write why the coordination passes on."))
    return _overlaps(overlap_until, today=today, is_needed=to.role == from_role)


def _overlaps(until: date | None, *, today: date, is_needed: bool) -> Decision:
    if until is None:
        needed = _("Two people cannot stay in the same role: say until when both take part.")
        return no(needed) if is_needed else YES
    if until < today:
        return no(_("The last day together cannot lie in the past."))
    if until > today + LONGEST_OVERLAP:
        return no(_("Both take part for a year at most."))
    return YES


def ready_to_answer(answer: str, *, is_mine: bool) -> Decision:
    """A handover is answered once, by the one who was asked."""
    if answer == "withdrawn":
        return no(_("The handover was taken back. Nothing has changed."))
    if answer:
        return no(_("The handover has been answered already."))
    return YES if is_mine else no(_("Only the one who is asked answers."))


def ready_to_end(
    *, name: str, coordinates: bool, is_asked: bool, on: date, ends: date, today: date
) -> Decision:
    """A part ends today or later. Who coordinates hands over first; who is asked answers first."""
    if coordinates:
        return no(
            _("%(name)s coordinates the course. Hand the coordination over first: nobody lets go before."),
            name=name,
        )
    if is_asked:
        return no(_("%(name)s has been asked to take over. Take the handover back first."), name=name)
    if on < today or on > ends:
        return no(_("A part in a course ends today or later."))
    return YES
