"""Each deed by a colleague, on its day, through the action a page would call."""

from collections.abc import Mapping

from samspil.doors.demo.colleagues import Colleague
from samspil.doors.demo.courses.telling import by
from samspil.doors.demo.simulate.playing.baton import accept, answer_handover, ask_to_take_over
from samspil.doors.demo.simulate.playing.closing import close, give_copies, review_consents
from samspil.doors.demo.simulate.playing.facts import correct, excuse, hear_child, note, nothing
from samspil.doors.demo.simulate.playing.meetings import call_meeting, hold_meeting
from samspil.doors.demo.simulate.playing.plans import STEPS, agree, agree_plan, go_on_with_effort, rate_goal
from samspil.doors.demo.simulate.playing.stage import Act, Stage
from samspil.doors.demo.simulate.telling import Deed
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.gate import NotAllowed


def play(stage: Stage, deed: Deed) -> None:
    """Carry one deed out. What a richer action refuses is noted as a plain fact; what that refuses, is left.

    The wall lets nobody take over in the past: an old handover stands as the facts it left.
    """
    tried = [(ACTS["corrected"] if deed.corrects else ACTS.get(deed.kind, note), _doer(stage, deed))]
    if not deed.corrects and deed.kind not in ALONE and tried[0][0] is not note:
        tried.append((note, _noter(stage, deed)))
    why = ""
    for act, colleague in tried:
        try:
            with by(colleague, deed.day) as actor:
                act(stage, deed, actor)
            return
        except (Refused, NotAllowed) as refused:
            why = why or f"{deed.kind}: {refused}"
    stage.refused.append(why)


def _doer(stage: Stage, deed: Deed) -> Colleague:
    """Who carries it out: the role that noted it, and the coordinator what only the coordinator may."""
    if deed.kind in BY_COORDINATOR:
        return stage.coordinator()
    if deed.kind in ("handover.accepted", "handover.declined") and stage.is_asked:
        return stage.understudies[0]
    return _noter(stage, deed)


def _noter(stage: Stage, deed: Deed) -> Colleague:
    return stage.colleague(deed.by)


ACTS: Mapping[str, Act] = {
    "corrected": correct,
    "course.opened": nothing,
    "step.excused": excuse,
    "coordinator.accepted": accept,
    "contact_person.accepted": accept,
    "handover.requested": ask_to_take_over,
    "handover.accepted": answer_handover,
    "handover.declined": answer_handover,
    "meeting.planned": call_meeting,
    "meeting.held": hold_meeting,
    "child_view.recorded": hear_child,
    "plan.agreed": agree_plan,
    "plan.revised": agree_plan,
    "goal.set": agree_plan,
    "goal.rated": rate_goal,
    "agreement.made": agree,
    **dict.fromkeys(STEPS, go_on_with_effort),
    "consent.reviewed": review_consents,
    "family_copy.given": give_copies,
    "course.closed": close,
}
"""What a deed of each kind is carried out by; every other is noted as the fact it is."""
BY_COORDINATOR = frozenset(
    {
        "step.excused", "handover.requested", "plan.agreed", "plan.revised", "goal.set", "consent.reviewed",
        "family_copy.given", "course.closed",
    }
)  # fmt: skip
ALONE = frozenset({"course.opened", "step.excused", "consent.reviewed", "family_copy.given", "course.closed"})
"""What only comes about by its own act."""
