"""The task list of a draft: what it is made of, in any order, and how far each part is."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspil.collaboration.courses.models import ReferralPart
from samspil.collaboration.courses.presenters.referral.target import missing_answers
from samspil.collaboration.courses.presenters.referral.words import first_name
from samspil.collaboration.courses.queries.referral import Sheet
from samspil.collaboration.courses.rules import referral as rules
from samspil.collaboration.programmes import engine


@dataclass(frozen=True, slots=True)
class Task:
    """One part of a referral, with its state."""

    key: str
    text: str
    url: str
    kind: str
    state: str
    note: str = ""
    is_done: bool = False
    is_here: bool = False


@dataclass(frozen=True, slots=True)
class TaskList:
    """The tasks in their groups, and how many are done."""

    groups: list[tuple[str, list[Task]]]

    @property
    def tasks(self) -> list[Task]:
        return [task for _title, tasks in self.groups for task in tasks]

    @property
    def done(self) -> int:
        return sum(task.is_done for task in self.tasks)

    @property
    def next(self) -> Task:
        """The first that can be done and is not."""
        return next((one for one in self.tasks if not one.is_done and one.url), self.tasks[-1])


def task_list(sheet: Sheet, today: date, here: str = "") -> TaskList:
    """What a draft is made of, in any order; only the sending comes last."""
    people = _people_task(sheet)
    consents = _consent_task(sheet, today)
    groups = [
        (_("The family"), [people, _wish_task(sheet)]),
        (_("Grounds"), [_target_task(sheet, today), consents, _sharing_task(sheet, consents)]),
        (_("Sending"), [_contact_task(sheet), _send_task(sheet, today)]),
    ]
    return TaskList([(title, [_placed(sheet, one, here) for one in tasks]) for title, tasks in groups])


def _placed(sheet: Sheet, task: Task, here: str) -> Task:
    url = reverse(f"courses:referral_{task.key}", args=[sheet.space]) if task.url else ""
    return Task(task.key, task.text, url, task.kind, task.state, task.note, task.is_done, task.key == here)


def _task(
    key: str, text: str, *, is_done: bool, otherwise: str = "", kind: str = "not-yet", note: str = ""
) -> Task:
    state = _("Finished") if is_done else otherwise or _("Not begun")
    return Task(key, text, "yes", "done" if is_done else kind, state, note, is_done)


def _people_task(sheet: Sheet) -> Task:
    ready = rules.ready_people(sheet.programme, sheet.family(), first=sheet.referral.subject_id)
    names = ", ".join(first_name(person.name) for person in sheet.included)
    return _task(
        "people", _("Who is the family"), is_done=bool(ready), otherwise=_("Look it through"), note=names
    )


def _wish_task(sheet: Sheet) -> Task:
    has_wish = bool(rules.current(sheet.standing, ReferralPart.Kind.WISH))
    return _task("wishes", _("What the family itself wishes"), is_done=has_wish)


def _target_task(sheet: Sheet, today: date) -> Task:
    result, text = sheet.target(today).result, _("Target group")
    if result is engine.Answer.YES:
        return _task("target", text, is_done=True)
    if rules.current(sheet.standing, ReferralPart.Kind.DESPITE):
        return Task("target", text, "yes", "done", _("Finished"), _("With a reason"), is_done=True)
    if result is engine.Answer.NO:
        return _task("target", text, is_done=False, otherwise=_("Not in it"), kind="refused")
    return _task("target", text, is_done=False, otherwise=missing_answers(sheet, today), kind="unknown")


def _consent_task(sheet: Sheet, today: date) -> Task:
    missing = len(sheet.not_covered(today))
    words = ngettext("%(n)d person is missing", "%(n)d people are missing", missing) % {"n": missing}
    done = not missing and bool(sheet.included)
    return _task(
        "consents",
        _("Consent"),
        is_done=done,
        otherwise=words,
        kind="not-asked",
        note=_said_yes(sheet, today),
    )


def _said_yes(sheet: Sheet, today: date) -> str:
    yes = [
        first_name(p.name) for p in sheet.included if not rules.NEEDED & ~sheet.shared(p.subject_id, today)
    ]
    return _("Yes about %(names)s.") % {"names": ", ".join(yes)} if yes else ""


def _sharing_task(sheet: Sheet, consents: Task) -> Task:
    note = _("See what the receiver sees.")
    is_done = consents.is_done and bool(sheet.standing)
    return _task("sharing", _("What we share"), is_done=is_done, otherwise=_("Waits for consent"), note=note)


def _contact_task(sheet: Sheet) -> Task:
    one = sheet.referral
    return _task("contact", _("Whom the receiver can call"), is_done=bool(one.call_name and one.call_phone))


def _send_task(sheet: Sheet, today: date) -> Task:
    ready = sheet.ready(today)
    text = _("Read through and send")
    if ready:
        return Task("send", text, "yes", "open", _("Ready to send"))
    return Task("send", text, "", "not-yet", _("Waits for the others"))
