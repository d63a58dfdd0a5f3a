"""Referrals as pages show them: tasks with their state, criteria with reasons, the rule drawn, lists."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samspil.collaboration.courses.models import (
    EligibilityAnswer,
    ReferralAnswer,
    ReferralPart,
    ReferralPerson,
)
from samspil.collaboration.courses.presenters.head import names_of
from samspil.collaboration.courses.queries.referral import (
    Candidate,
    Recognised,
    ReferralRow,
    Sheet,
    unit_name,
)
from samspil.collaboration.courses.rules import referral as rules
from samspil.collaboration.courses.rules.referral import Stage
from samspil.collaboration.families.rules.ages import age_on
from samspil.collaboration.programmes import engine
from samspil.collaboration.programmes.language.target import Node
from samspil.collaboration.programmes.language.words import Mark
from samspil.collaboration.sharing.models import Basis, Way
from samspil.collaboration.sharing.presenters import listed, name_kind
from samspil.collaboration.sharing.rules import each
from samspil.foundation.kernel.clock import day_of
from samspil.foundation.kernel.decisions import Text
from samspil.foundation.kernel.sharing import Category
from samspil.foundation.organisations.models import Unit

KINDS: dict[str, Text] = {
    "referral": gettext_lazy("The referral itself: to whom and when"),
    "referral-person": gettext_lazy("Name, birth date and place in the family"),
    "referral-number": gettext_lazy("CPR number"),
    "referral-part": gettext_lazy("Words of the referral"),
    "eligibility-answer": gettext_lazy("Answer about the target group"),
    "referral-answer": gettext_lazy("Answer to the referral"),
    "course": gettext_lazy("The course"),
    "course-person": gettext_lazy("Name and place in the course"),
}
PROVENANCE = {
    Mark.SEED: "from-description",
    Mark.FOUND: "from-source",
    Mark.LAW: "by-law",
    Mark.PROPOSAL: "proposal",
    Mark.OWN: "adaptation",
}
ANSWERS: dict[engine.Answer, tuple[str, Text]] = {
    engine.Answer.YES: ("done", gettext_lazy("Yes")),
    engine.Answer.NO: ("refused", gettext_lazy("No")),
    engine.Answer.UNKNOWN: ("unknown", gettext_lazy("Not known")),
}
NOT_SHARED: tuple[str, Text] = ("not-asked", gettext_lazy("Not shared with you"))
"""What a receiver reads where no answer reaches it: neither »not known«, nor that there is one."""
STAGES: dict[Stage, tuple[str, Text]] = {
    Stage.DRAFT: ("not-yet", gettext_lazy("Not sent yet")),
    Stage.WAITING: ("waiting", gettext_lazy("Waits for the receiver’s answer")),
    Stage.ASKED: ("open", gettext_lazy("More is asked for")),
    Stage.ACCEPTED: ("done", gettext_lazy("Accepted")),
    Stage.DECLINED: ("refused", gettext_lazy("Declined")),
    Stage.WITHDRAWN: ("withdrawn", gettext_lazy("Withdrawn")),
}


RECEIVED: dict[Stage, tuple[str, Text]] = {
    **STAGES,
    Stage.WAITING: ("open", gettext_lazy("Waits for your unit’s answer")),
    Stage.ASKED: ("waiting", gettext_lazy("Waits for the sender")),
}
"""The same, as the receiver reads it: the words say who has the ball."""


def state_of(sheet: Sheet) -> tuple[str, Text]:
    """A mark and its words, for the side that reads it."""
    return (RECEIVED if sheet.is_received else STAGES)[sheet.stage]


def name_kinds() -> None:
    """Say in previews what the items of referrals are called."""
    for kind, label in KINDS.items():
        name_kind(kind, label)


# --- the task list ---------------------------------------------------------------------------------------


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


def missing_answers(sheet: Sheet, today: date) -> str:
    """How many answers decide, and are not there."""
    number = sum(row.kind == "unknown" for row in criteria(sheet, today) if row.decides)
    return ngettext("One answer is missing", "%(n)d answers are missing", number) % {"n": number}


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


# --- the target group ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tick:
    """A year on the line."""

    year: int
    x: int


@dataclass(frozen=True, slots=True)
class RuleDrawing:
    """How far a criterion looks back, drawn: the line in time, when it ended, and where the limit lies."""

    limit_x: int
    today_x: int
    middle_x: int
    within: int
    years: list[Tick]
    limit: str
    span: str
    bar_x: int
    bar_width: int
    label_x: int
    title: str
    said: str
    yes_from: str
    no_before: str

    @property
    def pin_x(self) -> int:
        """Where the words about the end are tied to it."""
        return self.bar_x + self.bar_width // 2


@dataclass(frozen=True, slots=True)
class Criterion:
    """One question of the target group: its answer, why, and where it comes from."""

    key: str
    ask: str
    kind: str
    word: Text
    why: str
    provenance: str
    decides: bool
    warns: str = ""
    drawing: RuleDrawing | None = None
    parts: "tuple[Criterion, ...]" = ()


LEFT, RIGHT = 20, 620
PIXELS = RIGHT - LEFT
SHORTEST = 10
ONGOING_PIXELS = 60


def criteria(sheet: Sheet, today: date, language: str = "da") -> list[Criterion]:
    """The criteria as the definition groups them, warnings that do not sound left out."""
    judged = {one.key: one for one in sheet.target(today).why}
    top = sheet.programme.target_group.criteria
    rows = [_criterion(sheet, node, judged, today, language) for node in (top.all or top.any or (top,))]
    ages = [_age(sheet, one, language) for key, one in judged.items() if key.startswith("age-")]
    return [row for row in (*rows, *ages) if row is not None]


def _criterion(
    sheet: Sheet, node: Node, judged: dict[str, engine.NodeAnswer], today: date, language: str
) -> Criterion | None:
    if node.key is None:
        return _group(sheet, node, judged, today, language)
    found = judged[str(node.key)]
    kind, word = ANSWERS[found.answer]
    if node.kind == "warn":
        if found.answer is not engine.Answer.YES:
            return None
        kind = "soon"
    why = _present(sheet, node) or found.why.said(language)
    drawing = _drawing(sheet, node, today) if node.recent is not None else None
    asked = found.ask.said(language)
    if not sheet.is_mine and node.role_present is None and str(node.key) not in sheet.checks:
        (kind, word), drawing = NOT_SHARED, None
        why = _("You can ask the sender, where you need to know.")
    return Criterion(
        str(node.key),
        asked,
        kind,
        word,
        why,
        PROVENANCE[found.mark],
        decides=node.kind in ("include", "exclude"),
        warns=found.then or "",
        drawing=drawing,
    )


def _group(
    sheet: Sheet, node: Node, judged: dict[str, engine.NodeAnswer], today: date, language: str
) -> Criterion | None:
    inner = [_criterion(sheet, one, judged, today, language) for one in (node.any or node.all)]
    parts = tuple(one for one in inner if one is not None)
    if not parts:
        return None
    kinds = {one.kind for one in parts}
    wins, loses = ("done", "refused") if node.any else ("refused", "done")
    undecided = [one for one in ("unknown", NOT_SHARED[0]) if one in kinds]
    kind = wins if wins in kinds else next(iter(undecided), loses)
    word = next(text for mark, text in (*ANSWERS.values(), NOT_SHARED) if mark == kind)
    ask = _("One of these is enough") if node.any else _("All of these")
    return Criterion(parts[0].key, ask, kind, word, "", parts[0].provenance, decides=True, parts=parts)


def _present(sheet: Sheet, node: Node) -> str:
    """Who they are, with their ages, where a criterion asks for somebody."""
    if node.role_present is None:
        return ""
    today = day_of(sheet.referral.touched_at)
    there = [one for one in sheet.included if one.role == node.role_present]
    return ", ".join(_with_age(one, today) for one in there)


def _with_age(person: ReferralPerson, today: date) -> str:
    if person.born is None:
        return first_name(person.name)
    return _("%(name)s is %(age)d") % {"name": first_name(person.name), "age": age_on(person.born, today)}


def _age(sheet: Sheet, found: engine.NodeAnswer, language: str) -> Criterion | None:
    if found.answer is engine.Answer.NO:
        return None
    subject = found.key.removeprefix("age-")
    name = next((one.name for one in sheet.included if str(one.subject_id) == subject), "")
    why = found.why.said(language).replace(subject, name)
    ask = found.ask.said(language)
    kind = "soon" if found.answer is engine.Answer.YES else "unknown"
    return Criterion(
        found.key, ask, kind, ANSWERS[found.answer][1], why, PROVENANCE[found.mark], decides=False
    )


def _drawing(sheet: Sheet, node: Node, today: date) -> RuleDrawing | None:
    limit = rules.limit_of(node, today)
    if limit is None:
        return None
    given = sheet.checks.get(str(node.key))
    first, last = (given.ended_from, given.ended_to) if given else (None, None)
    if given and given.is_ongoing:
        first = last = today
    start = min(limit, first or limit).replace(day=1)
    start = start.replace(year=start.year - 1)
    length = max((today - start).days, 1)

    def at(day: date) -> int:
        return LEFT + round((day - start).days / length * (PIXELS - 24))

    bar_x = (at(first) if first else 0) - (ONGOING_PIXELS if given and given.is_ongoing else 0)
    width = max(at(last) - bar_x, SHORTEST) if first and last else 0
    span = _ended(given) if given else ""
    words = {"limit": _day(limit), "start": _day(limit), "span": span or _("not known")}
    said = _(
        "The rule on a line of time. The time that counts goes from %(limit)s until today. "
        "The treatment: %(span)s."
    )
    return RuleDrawing(
        limit_x=at(limit),
        today_x=at(today),
        middle_x=(at(limit) + at(today)) // 2,
        within=at(today) - at(limit),
        years=[Tick(year, at(date(year, 1, 1))) for year in range(start.year + 1, today.year + 1)],
        limit=_("the limit: %(day)s") % {"day": _day(limit)},
        span=span,
        bar_x=bar_x,
        bar_width=width,
        label_x=min(max(bar_x - 60, LEFT), 420),
        title=_("inside the time that counts"),
        said=said % words,
        yes_from=_("Ended on %(day)s or later:") % {"day": _day(limit)},
        no_before=_("Before:"),
    )


def _ended(given: EligibilityAnswer) -> str:
    if given.is_ongoing:
        return _("goes on now")
    if given.ended_from is None or given.ended_to is None:
        return ""
    if given.ended_from == given.ended_to:
        return _("ended on %(day)s") % {"day": _day(given.ended_from)}
    return _("ended between %(first)s and %(last)s") % {
        "first": _day(given.ended_from),
        "last": _day(given.ended_to),
    }


@dataclass(frozen=True, slots=True)
class Result:
    """The target group in one line."""

    kind: str
    title: str
    why: str


def result(sheet: Sheet, today: date) -> Result:
    """What it comes to, and how far."""
    rows = [row for row in criteria(sheet, today) if row.decides]
    met = sum(row.kind == "done" for row in rows)
    words = {"met": met, "all": len(rows)}
    why = _("%(met)d of %(all)d conditions are met.") % words
    found = sheet.target(today).result
    if found is engine.Answer.YES:
        return Result("done", _("Yes, the family is in the target group."), why)
    if found is engine.Answer.NO:
        return Result("refused", _("No, the family is not in the target group."), why)
    return Result(
        "unknown", _("Not known yet. %(missing)s.") % {"missing": missing_answers(sheet, today)}, why
    )


def result_sent(sheet: Sheet) -> Result | None:
    """What the sender came to on the day it was sent, for whoever receives it."""
    found, sent = sheet.referral.result, sheet.referral.sent_at
    if not found or sent is None:
        return None
    titles = {
        "yes": ("done", _("Yes, the family is in the target group.")),
        "no": ("refused", _("No, the family is not in the target group.")),
    }
    kind, title = titles.get(
        found, ("unknown", _("It is not known whether the family is in the target group."))
    )
    return Result(kind, title, _("So the sender judged on %(day)s.") % {"day": _day(day_of(sent))})


# --- consents, parts, lists ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ConsentRow:
    """Somebody of the family: what may be shared with the receiver, and what is missing."""

    subject: UUID
    name: str
    note: str
    kind: str
    state: str
    topics: str
    grounds: tuple[str, ...] = ()
    """On what basis, and until when."""


def consent_rows(sheet: Sheet, today: date) -> list[ConsentRow]:
    """For each person what stands with this receiver."""
    return [_consent_row(sheet, person, today) for person in sheet.included]


def _consent_row(sheet: Sheet, person: ReferralPerson, today: date) -> ConsentRow:
    held = sheet.shared(person.subject_id, today)
    missing = rules.NEEDED & ~held
    topics = ", ".join(str(one.label) for one in each(held))
    kind, state = ("done", _("May be shared"))
    if missing and _said_no(sheet, person.subject_id):
        kind, state = ("refused", _("Said no"))
    elif missing:
        kind, state = ("not-asked", _("Missing"))
    lacking = ", ".join(str(one.label) for one in each(missing))
    note = _("Missing: %(topics)s") % {"topics": lacking} if missing else ""
    grounds = _grounds(sheet, person.subject_id, today)
    return ConsentRow(person.subject_id, person.name, note, kind, state, topics, grounds)


def _grounds(sheet: Sheet, subject: UUID, today: date) -> tuple[str, ...]:
    """Who said yes on which day, or which law, and until when; each once."""
    one, called = sheet.referral, names(sheet.people)
    return tuple(
        dict.fromkeys(
            _ground(basis, called)
            for basis in sheet.bases
            if basis.subject_id == subject
            and basis.unit_id == one.from_unit_id
            and basis.state == Basis.State.GIVEN
            and today < basis.ends
            and _reaches(basis, one.to_unit)
        )
    )


def _reaches(basis: Basis, unit: Unit | None) -> bool:
    return unit is not None and (
        basis.receiver_unit_id == unit.pk or basis.receiver_authority_id == unit.authority_id
    )


def _ground(basis: Basis, called: Mapping[UUID, str]) -> str:
    words = {"until": _day(basis.ends - date.resolution), "section": basis.section}
    if basis.way == Way.STATUTE or basis.said_on is None:
        return _("By law, %(section)s, until %(until)s.") % words
    said_by = [first_name(called[one]) for one in basis.said_by if one in called]
    words |= {"names": listed(said_by) or _("somebody else"), "day": _day(basis.said_on)}
    return _("Yes from %(names)s, %(day)s. It holds until %(until)s.") % words


def _said_no(sheet: Sheet, subject: UUID) -> bool:
    to = sheet.referral.to_unit_id
    mine = [b for b in sheet.bases if b.subject_id == subject and b.receiver_unit_id == to]
    return any(basis.answer == "no" for basis in mine)


@dataclass(frozen=True, slots=True)
class PartLine:
    """Words of a referral as they are read: of what kind, by whom, about whom."""

    kind: str
    title: str
    text: str
    by: str
    about: str
    topic: Text
    is_added: bool
    written_at: datetime


def part_lines(sheet: Sheet) -> list[PartLine]:
    """The words in the order in which they are read: the family's own first, what was added last."""
    names = {person.subject_id: first_name(person.name) for person in sheet.people}
    order = list(ReferralPart.Kind)
    sent = sheet.referral.sent_at
    lines = [
        PartLine(
            part.kind,
            str(ReferralPart.Kind(part.kind).label),
            part.text,
            part.said_by or _("The family"),
            ", ".join(names.get(one, _("Name not known")) for one in part.item.subjects),
            Category(part.item.category).label,
            is_added=bool(sent and part.written_at > sent),
            written_at=part.written_at,
        )
        for part in sheet.standing
    ]
    return sorted(
        lines, key=lambda line: (line.is_added, order.index(ReferralPart.Kind(line.kind)), line.written_at)
    )


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to a referral."""

    at: datetime
    text: str
    words: str = ""


def history(sheet: Sheet) -> list[Step]:
    """What happened since it was sent, newest first."""
    one = sheet.referral
    steps = [
        Step(line.written_at, _("Added: %(title)s") % {"title": line.title})
        for line in part_lines(sheet)
        if line.is_added
    ]
    for answer in sheet.answers:
        label = str(ReferralAnswer.Kind(answer.kind).label)
        steps.append(Step(answer.answered_at, f"{label}: {answer.by.staff.name}", answer.text))
    if one.sent_at:
        receiver = unit_name(one.to_unit) if one.to_unit else ""
        steps.append(Step(one.sent_at, _("Sent to %(unit)s") % {"unit": receiver}))
    if one.withdrawn_at:
        steps.append(Step(one.withdrawn_at, _("Withdrawn")))
    return sorted(steps, key=lambda step: step.at, reverse=True)


def reference(sheet: Sheet) -> str:
    """A short mark that both sides can say on the phone. It tells nothing."""
    return str(sheet.referral.pk)[-8:].upper()


def days_waiting(sheet: Sheet, today: date) -> int:
    return (today - day_of(sheet.referral.sent_at)).days if sheet.referral.sent_at else 0


@dataclass(frozen=True, slots=True)
class Line:
    """A referral on a list."""

    url: str
    family: str
    context: str
    kind: str
    state: str
    note: str
    what: str
    why: str
    act: str
    is_mine: bool


def lines(rows: Iterable[ReferralRow]) -> list[Line]:
    """The rows of a list in words: days, whose turn, one act."""
    return [_line(row) for row in rows]


def _line(row: ReferralRow) -> Line:
    kind, state = (RECEIVED if row.is_received else STAGES)[row.stage]
    days = ngettext("%(n)d day", "%(n)d days", row.days) % {"n": row.days} if row.days else _("today")
    return Line(
        url=reverse("courses:referral", args=[row.space]),
        family=names_of(row.names),
        context=row.model,
        kind=kind,
        state=str(state),
        note=days,
        what=_("From %(unit)s") % {"unit": row.from_unit}
        if row.is_received
        else _("To %(unit)s") % {"unit": row.to_unit},
        why=_why(row),
        act=_act(row),
        is_mine=row.waits_for_me,
    )


def _why(row: ReferralRow) -> str:
    words = {
        Stage.DRAFT: _("You have begun it. Only you can see it."),
        Stage.WAITING: _("The receiver has not answered yet."),
        Stage.ASKED: _("The receiver asks for more before it can answer."),
        Stage.ACCEPTED: _("The receiver has said yes, and the course is open."),
        Stage.DECLINED: _("The receiver has said no. Read why."),
        Stage.WITHDRAWN: _("You have taken it back."),
    }
    if row.is_received:
        words[Stage.WAITING] = _("Your unit says yes, asks for more, or says no with the reason.")
        words[Stage.ASKED] = _("You have asked the sender for more.")
    return words[row.stage]


def _act(row: ReferralRow) -> str:
    if row.stage is Stage.DRAFT:
        return _("Write on")
    return _("Answer") if row.waits_for_me else _("Open")


def heading(sheet: Sheet, language: str) -> str:
    """»Refer the Bruun family to VIA Family 2.0«."""
    words = {"family": family(sheet), "model": sheet.programme.title.said(language)}
    return _("Refer %(family)s to %(model)s") % words


def family(sheet: Sheet) -> str:
    name = names_of([person.name for person in sheet.included])
    return name[0].lower() + name[1:] if len(sheet.included) > 1 else name


# --- choices ---------------------------------------------------------------------------------------------


def topics(held: Category) -> list[tuple[str, Text]]:
    return [(str(int(one)), one.label) for one in each(held)]


def candidate_choices(one: Recognised) -> list[tuple[str, Text]]:
    """The records it may be, and somebody new."""
    new = _("New: write %(name)s down with us") % {"name": one.person.name}
    return [*((str(c.subject), _same(c)) for c in one.candidates), ("new", new)]


def _same(one: Candidate) -> str:
    born = _day(one.born) if one.born else _("birth date not known")
    words = {"name": one.name, "born": born}
    if one.is_certain:
        return _("The same as our %(name)s, born %(born)s: the CPR number is the same") % words
    return _("The same as our %(name)s, born %(born)s") % words


def first_name(name: str) -> str:
    return name.split(maxsplit=1)[0] if name.strip() else _("Name not known")


def names(people: Sequence[ReferralPerson]) -> dict[UUID, str]:
    return {person.subject_id: person.name for person in people}


def _day(day: date) -> str:
    return date_format(day, "j. b Y")
