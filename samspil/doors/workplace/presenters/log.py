"""The log as pages say it: plain words for what was done, by which unit and role; no colleague's name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspil.foundation.audit.queries import LogRow
from samspil.foundation.kernel.clock import COPENHAGEN
from samspil.foundation.kernel.decisions import Text
from samspil.foundation.kernel.roles import ROLES, RoleKey
from samspil.foundation.kernel.sharing import Category
from samspil.foundation.organisations.models import Unit

AT_ONCE = timedelta(minutes=1)
"""The same done several times within this time is one line that says how many times."""

READINGS: Mapping[str, Text] = {
    "overview.viewed": gettext_lazy("Saw the name on an overview"),
    "person.searched": gettext_lazy("Found the name by a search"),
    "course.viewed": gettext_lazy("Opened the course"),
    "courses.listed": gettext_lazy("Saw the name in the list of courses"),
    "steps.viewed": gettext_lazy("Read the steps of the course"),
    "timeline.viewed": gettext_lazy("Read what happened in the course"),
    "sharing.viewed": gettext_lazy("Read what is shared about each person"),
    "basis.listed": gettext_lazy("Read what may be shared about the person"),
    "basis.viewed": gettext_lazy("Read an answer about sharing"),
    "person.viewed": gettext_lazy("Opened what we know"),
    "family.viewed": gettext_lazy("Saw the family drawn"),
    "whereabouts.viewed": gettext_lazy("Asked where the person is"),
    "closing.viewed": gettext_lazy("Looked at how far the closing of the course is"),
    "family_copy.listed": gettext_lazy("Looked at who gets a copy of the course"),
    "family_copy.fetched": gettext_lazy("Fetched the copy for the family"),
    "one_page.viewed": gettext_lazy("Looked at the plan on one page"),
    "one_page.printed": gettext_lazy("Took out the plan on one page to print it"),
    "log.viewed": gettext_lazy("Read who has seen what"),
    "logs.viewed": gettext_lazy("Looked the person up to see who has seen what"),
    "organisation.viewed": gettext_lazy("Saw the units and the staff"),
    "experience.asked": gettext_lazy("Opened the question whether a step works"),
    "experience.listed": gettext_lazy("Saw how many have answered whether steps work"),
    "experience.viewed": gettext_lazy("Read whether the steps of a model work"),
    "account.viewed": gettext_lazy("Looked at their own log-in"),
    # models, the law and the catalogue: nothing about anybody
    "models.viewed": gettext_lazy("Read about models"),
    "model.viewed": gettext_lazy("Read about models"),
    "model_picture.viewed": gettext_lazy("Read about models"),
    "model_step.viewed": gettext_lazy("Read about models"),
    "models.compared": gettext_lazy("Read about models"),
    "model.suggested": gettext_lazy("Asked which model fits, without any family"),
    "law.viewed": gettext_lazy("Read about the law"),
    "provision.viewed": gettext_lazy("Read about the law"),
    "catalogue.viewed": gettext_lazy("Read in the catalogue of ideas"),
    "catalogue_entry.viewed": gettext_lazy("Read in the catalogue of ideas"),
    "leaflet.fetched": gettext_lazy("Read in the catalogue of ideas"),
    "initiatives.viewed": gettext_lazy("Read where the models come from"),
    "initiative.viewed": gettext_lazy("Read where the models come from"),
    "models.ours_viewed": gettext_lazy("Looked at the models of the organisation"),
    "models.owned_viewed": gettext_lazy("Looked at the models the organisation owns"),
    "model.tried": gettext_lazy("Tried a model on invented families"),
    "model.variant_viewed": gettext_lazy("Read how an organisation runs a model"),
    "model.variants_viewed": gettext_lazy("Read how all run a model"),
    # plans
    "plan.viewed": gettext_lazy("Read the plan"),
    "plan.versions_viewed": gettext_lazy("Read earlier versions of the plan"),
    "effort.overview_viewed": gettext_lazy("Saw what each sector does"),
    "effort.viewed": gettext_lazy("Read about an effort"),
    "team.viewed": gettext_lazy("Saw who takes part in the course"),
    "handover.viewed": gettext_lazy("Read a handover of the coordination"),
    "consent.begun": gettext_lazy("Chose whose answer to write down"),
    # meetings
    "meetings.own_viewed": gettext_lazy("Saw the meetings ahead"),
    "meetings.viewed": gettext_lazy("Saw the meetings of the course"),
    "meeting.viewed": gettext_lazy("Read about a meeting"),
    "meeting.place_viewed": gettext_lazy("Asked where a meeting is"),
    "meeting.screen_viewed": gettext_lazy("Opened the shared screen of a meeting"),
    "minutes.viewed": gettext_lazy("Read the minutes of a meeting"),
    # the journal
    "journal.listed": gettext_lazy("Saw the list of what is written"),
    "note.read": gettext_lazy("Read a note"),
    "child_view.read": gettext_lazy("Read what a child has said"),
    "tools.listed": gettext_lazy("Saw which tools are filled in"),
    "document.read": gettext_lazy("Read a document"),
    "sent_note.read": gettext_lazy("Read a note that was sent"),
    # referrals
    "referrals.listed": gettext_lazy("Saw the name on the list of referrals"),
    "inbox.listed": gettext_lazy("Saw the name in the inbox"),
    "referral.viewed": gettext_lazy("Read the referral"),
    "referral.consents_viewed": gettext_lazy("Looked at the consents of a referral"),
    "referral.previewed": gettext_lazy("Looked at what a receiver would see"),
}
CHANGES: Mapping[str, Text] = {
    "person.registered": gettext_lazy("Wrote the person down"),
    "person.corrected": gettext_lazy("Corrected the name or the birth date"),
    "person.protected": gettext_lazy("Protected name and address"),
    "person.unprotected": gettext_lazy("Ended the protection of name and address"),
    "person.protection_changed": gettext_lazy("Changed the protection of name and address"),
    "person.number_noted": gettext_lazy("Wrote the CPR number down"),
    "whereabouts.noted": gettext_lazy("Wrote down an address, a phone or a school"),
    "whereabouts.ended": gettext_lazy("Noted that an address, a phone or a school no longer holds"),
    "tie.noted": gettext_lazy("Wrote down a tie to somebody else"),
    "tie.ended": gettext_lazy("Noted that a tie has ended"),
    "custody.doubted": gettext_lazy("Noted whether custody is in doubt"),
    "custody.disputed": gettext_lazy("Noted that custody is in doubt"),
    "custody.settled": gettext_lazy("Noted that custody is settled"),
    "basis.registered": gettext_lazy("Wrote down an answer about sharing"),
    "basis.ended": gettext_lazy("Stopped a sharing"),
    "remainder.written": gettext_lazy("Wrote down what remains when the course ends"),
    "consent.reviewed": gettext_lazy("Looked at the consents"),
    "family_copy.made": gettext_lazy("Made the copy for the family"),
    "family_copy.given": gettext_lazy("Noted that the family has its copy"),
    "family_copy.left_out": gettext_lazy("Noted why somebody does not get a copy now"),
    "course.upgraded": gettext_lazy("Changed the course to another version of its model"),
    "course.upgrade_undone": gettext_lazy("Took a change of version back"),
    "courses.upgraded": gettext_lazy("Looked at courses whose version is replaced"),
    "course.closed": gettext_lazy("Closed the course"),
    "experience.told": gettext_lazy("Said whether a step of a model works, without any family"),
    "demo.family": gettext_lazy("Made the invented family"),
    # the organisation
    "model.adopted": gettext_lazy("Took a model up, or changed how it is run"),
    "model.stopped": gettext_lazy("Stopped using a model"),
    "model.published": gettext_lazy("Published a version of a model"),
    "unit.created": gettext_lazy("Added a unit"),
    "unit.declared": gettext_lazy("Changed a boundary for sharing"),
    "staff.registered": gettext_lazy("Added a colleague"),
    "post.given": gettext_lazy("Gave a colleague a post"),
    "post.ended": gettext_lazy("Ended a colleague's post"),
    # plans
    "goal.written": gettext_lazy("Wrote a goal"),
    "goal.revised": gettext_lazy("Changed a goal"),
    "goal.set": gettext_lazy("Agreed a goal"),
    "goal.rated": gettext_lazy("Noted how far a goal is"),
    "goal.ended": gettext_lazy("Noted that a goal has ended"),
    "goal.closed": gettext_lazy("Noted that a goal has ended"),
    "plan.agreed": gettext_lazy("Agreed the plan"),
    "plan.revised": gettext_lazy("Agreed a change of the plan"),
    "plan.voiced": gettext_lazy("Noted what somebody says to the plan"),
    "agreement.made": gettext_lazy("Wrote an agreement"),
    "agreement.kept": gettext_lazy("Noted that an agreement was kept"),
    "agreement.broken": gettext_lazy("Noted that an agreement was not kept"),
    "agreement.dropped": gettext_lazy("Noted that an agreement is no longer needed"),
    "agreement.ended": gettext_lazy("Noted how an agreement went"),
    "effort.written": gettext_lazy("Wrote an effort"),
    "effort.revised": gettext_lazy("Corrected what is written about an effort"),
    "effort.requested": gettext_lazy("Noted that an effort was asked for"),
    "effort.decided": gettext_lazy("Noted that an effort is decided"),
    "effort.started": gettext_lazy("Noted that an effort has begun"),
    "effort.changed": gettext_lazy("Noted that an effort was changed"),
    "effort.ended": gettext_lazy("Noted that an effort has ended"),
    "effort.step_noted": gettext_lazy("Noted what happened with an effort"),
    "effort.opinion_noted": gettext_lazy("Noted what the family thinks of an effort"),
    "effort.overview_reviewed": gettext_lazy("Noted that the efforts were gone through"),
    "follow_up.held": gettext_lazy("Noted a follow-up"),
    "child_plan.ready": gettext_lazy("Noted that the child's plan is ready"),
    "participant.named": gettext_lazy("Let a colleague into the course"),
    "participant.accepted": gettext_lazy("Said yes to a role in the course"),
    "participant.ended": gettext_lazy("Ended a colleague's part in the course"),
    "handover.requested": gettext_lazy("Asked a colleague to take the coordination over"),
    "handover.accepted": gettext_lazy("Took the coordination over"),
    "handover.declined": gettext_lazy("Said no to the coordination"),
    "handover.withdrawn": gettext_lazy("Took a handover of the coordination back"),
    "caseload.viewed": gettext_lazy("Saw the name on the own caseload"),
    "caseload.unit_viewed": gettext_lazy("Saw how much the colleagues carry"),
    "caseload.ceiling_set": gettext_lazy("Set how much a coordinator may carry"),
    "course.linked": gettext_lazy("Wrote that two courses belong together"),
    "course.tied": gettext_lazy("Wrote that two courses belong together"),
    "course.models_listed": gettext_lazy("Looked at what can begin here"),
    "course.begun": gettext_lazy("Began a course in the own unit"),
    "course.started_from": gettext_lazy("Began a course from another one"),
    "family_courses.viewed": gettext_lazy("Looked at the courses of the family"),
    "session.noted": gettext_lazy("Noted a session"),
    "contact.noted": gettext_lazy("Noted a contact"),
    "fact.noted": gettext_lazy("Noted something that happened"),
    "fact.corrected": gettext_lazy("Corrected what was noted"),
    "fact.withdrawn": gettext_lazy("Took back what was noted by mistake"),
    "eligibility.checked": gettext_lazy("Checked the target group"),
    "step.excused": gettext_lazy("Left a step out, with a reason"),
    # meetings
    "meeting.planned": gettext_lazy("Planned a meeting"),
    "meeting.invited": gettext_lazy("Invited to a meeting"),
    "meeting.answered": gettext_lazy("Wrote down an answer to an invitation"),
    "meeting.moved": gettext_lazy("Moved a meeting"),
    "meeting.cancelled": gettext_lazy("Called a meeting off"),
    "point.added": gettext_lazy("Put something on the agenda"),
    "point.dropped": gettext_lazy("Took something off the agenda"),
    "point.moved": gettext_lazy("Changed the order of the agenda"),
    "meeting.begun": gettext_lazy("Began a meeting"),
    "decision.noted": gettext_lazy("Wrote down a decision"),
    "task.given": gettext_lazy("Gave somebody a task"),
    "meeting.held": gettext_lazy("Wrote down that a meeting was held"),
    "minutes.shared": gettext_lazy("Shared the minutes of a meeting"),
    "minutes.amended": gettext_lazy("Changed the minutes of a meeting"),
    "minutes.read": gettext_lazy("Said that the minutes are read"),
    # the journal
    "note.written": gettext_lazy("Wrote a note"),
    "note.corrected": gettext_lazy("Corrected a note"),
    "note.sent": gettext_lazy("Sent a note"),
    "child_view.written": gettext_lazy("Wrote down what a child has said"),
    "child_view.recorded": gettext_lazy("Wrote down what a child has said"),
    "child_view.answered": gettext_lazy("Wrote down whether the others may see it"),
    "child_view.shown": gettext_lazy("Let the others see what a child has said: the child said yes"),
    "child_view.corrected": gettext_lazy("Corrected what a child has said"),
    "child_view.kept": gettext_lazy("Wrote down that the child said no to showing it"),
    "tool.filled": gettext_lazy("Filled in a tool"),
    "document.begun": gettext_lazy("Began to fill in a tool"),
    "document.completed": gettext_lazy("Finished a document"),
    "tool.completed": gettext_lazy("Finished a document"),
    "need.stated": gettext_lazy("Wrote down what matters to the family"),
    "tool.shared": gettext_lazy("Gave a document to somebody"),
    # referrals
    "basis.confirmed": gettext_lazy("Shared back on the same answer"),
    "referral.begun": gettext_lazy("Began a referral"),
    "referral.people_chosen": gettext_lazy("Chose who is part of a referral"),
    "referral.person_added": gettext_lazy("Added a person to a referral"),
    "referral.written": gettext_lazy("Wrote in a referral"),
    "referral.target_checked": gettext_lazy("Answered about the target group"),
    "referral.contact_named": gettext_lazy("Wrote whom the receiver can call"),
    "referral.sent": gettext_lazy("Sent the referral"),
    "referral.amended": gettext_lazy("Added to the referral"),
    "referral.withdrawn": gettext_lazy("Took the referral back"),
    "referral.asked": gettext_lazy("Asked for more about the referral"),
    "referral.declined": gettext_lazy("Said no to the referral"),
    "referral.accepted": gettext_lazy("Said yes to the referral"),
}


@dataclass(frozen=True, slots=True)
class LogLine:
    """One thing that somebody did, as a person reads it."""

    at: datetime
    what: str
    unit: str
    authority: str
    role: str
    categories: str
    reason: str
    ending: str
    times: int


def log_lines(rows: Sequence[LogRow], units: Mapping[UUID, Unit]) -> list[LogLine]:
    """The log's rows as lines, newest first: the same done again within a minute is one line."""
    return [_line(row, units, times) for row, times in _merged(rows)]


def _merged(rows: Iterable[LogRow]) -> list[tuple[LogRow, int]]:
    """Each row with how many times it stands for.

    One event about two linked records is one time. So is a change with the request that did it: the act's own
    row names no route.
    """
    merged: list[tuple[LogRow, int]] = []
    for row in rows:
        last, times = merged[-1] if merged else (None, 0)
        if last is None or not _is_the_same(last, row):
            merged.append((row, 1))
            continue
        is_another = last.event != row.event and bool(last.route) == bool(row.route)
        wider = replace(last, event=row.event, categories=last.categories | row.categories, route=row.route)
        merged[-1] = (wider, times + is_another)
    return merged


def _is_the_same(one: LogRow, other: LogRow) -> bool:
    if one.event == other.event:
        return True
    done, again = (
        (row.act, row.kind, row.unit, row.membership, row.outcome, row.reason) for row in (one, other)
    )
    return done == again and abs(one.at - other.at) <= AT_ONCE


def _line(row: LogRow, units: Mapping[UUID, Unit], times: int) -> LogLine:
    unit = units.get(row.unit) if row.unit else None
    return LogLine(
        at=row.at.astimezone(COPENHAGEN),
        what=what_was_done(row),
        unit=unit.name if unit else "",
        authority=unit.authority.name if unit else "",
        role=_role(row),
        categories=", ".join(str(bit.label) for bit in Category if bit & row.categories),
        reason=row.reason,
        ending="" if row.outcome.value == "done" else str(row.outcome.label),
        times=times,
    )


def what_was_done(row: LogRow) -> str:
    """In plain words; where we have none for an act, what kind of thing it was."""
    is_change = row.kind.value in {"change", "export"}
    if row.act in CHANGES:
        return str(CHANGES[row.act]) if is_change else _("Opened a page to write or correct")
    if row.act in READINGS:
        return str(READINGS[row.act])
    return str(row.kind.label)


def _role(row: LogRow) -> str:
    if row.role in set(RoleKey):
        return str(ROLES[RoleKey(row.role)].title)
    return _("The person or a parent") if row.account else _("Samspil itself")
