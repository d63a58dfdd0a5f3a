"""A course begins in one's own unit: which models let it, for whom, and what must be said first. Pure."""

from django.utils.translation import gettext_lazy as _

from samspil.collaboration.courses.rules.referral import coordinating_roles
from samspil.collaboration.programmes.asking import tracks
from samspil.collaboration.programmes.engine import Answer
from samspil.collaboration.programmes.language import Programme, Role
from samspil.foundation.kernel.decisions import YES, Decision, no


def opening_roles(programme: Programme, sector: str) -> list[Role]:
    """The roles in which somebody of a sector may open a course and coordinate it, the model's own first."""
    if sector not in programme.starts_from:
        return []
    own = [role for role in coordinating_roles(programme, sector) if role.coordinator]
    return sorted(own, key=lambda role: role.key != programme.baton.starts)


def next_role(programme: Programme, sector: str, role: str) -> str:
    """The role a colleague gets who is to coordinate: the one the baton passes to, else the same."""
    roles = {one.key for one in opening_roles(programme, sector)}
    return programme.baton.passes_to if programme.baton.passes_to in roles else role


def ready_to_begin(
    programme: Programme | None, sector: str, role: str | None = None, *, running: int = 0
) -> Decision:
    """The own organisation has taken the model up, it may begin here, and there is no such course yet."""
    if programme is None:
        return no(_("Your organisation has not taken up this model. Ask your leader."))
    roles = opening_roles(programme, sector)
    if not roles:
        return no(_("This model begins with a referral from another sector, not here."))
    if role is not None and role not in {one.key for one in roles}:
        return no(_("Nobody begins a course in this role of the model."))
    if running:
        return no(_("There is such a course already. Go on in that one."))
    return YES


def ready_target(result: Answer, despite: str) -> Decision:
    """The family is in the target group, or somebody says why the course begins all the same."""
    if result is not Answer.YES and not despite.strip():
        return no(_("The target group is not clear. Answer the rest, or write why you begin all the same."))
    return YES


def ready_track(programme: Programme, track: str, why: str) -> Decision:
    """A track is one the model has; where the model asks for the reason of the choice, it is there."""
    if not track:
        return YES
    if track not in dict(tracks(programme)):
        return no(_("The model has no such track."))
    if asks_why(programme) and not why.strip():
        return no(_("Write why you and the family chose this track."))
    return YES


def asks_why(programme: Programme) -> bool:
    """Does the model ask for the reason a track was chosen?"""
    return any(one.reason == "required" for one in programme.all_tracks)


def track_attributes(track: str) -> dict[str, object]:
    """A track as the fact says it: with its phase, where it is one of a phase."""
    phase, _slash, key = track.rpartition("/")
    return {"track": key, **({"phase": phase} if phase else {})}
