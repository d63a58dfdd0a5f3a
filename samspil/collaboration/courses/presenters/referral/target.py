"""The target group: each criterion with its answer and why, and what it all comes to."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samspil.collaboration.courses.models import ReferralPerson
from samspil.collaboration.courses.presenters.referral.timeline import RuleDrawing, timeline_of
from samspil.collaboration.courses.presenters.referral.words import first_name, short_day
from samspil.collaboration.courses.queries.referral import Sheet
from samspil.collaboration.families.rules.ages import age_on
from samspil.collaboration.programmes import engine
from samspil.collaboration.programmes.language.target import Node
from samspil.foundation.kernel.clock import day_of
from samspil.foundation.kernel.decisions import Text

ANSWERS: dict[engine.Answer, tuple[str, Text]] = {
    engine.Answer.YES: ("done", gettext_lazy("Yes")),
    engine.Answer.NO: ("refused", gettext_lazy("No")),
    engine.Answer.UNKNOWN: ("unknown", gettext_lazy("Not known")),
}
NOT_SHARED: tuple[str, Text] = ("not-asked", gettext_lazy("Not shared with you"))
"""What a receiver reads where no answer reaches it: neither »not known«, nor that there is one."""


def missing_answers(sheet: Sheet, today: date) -> str:
    """How many answers decide, and are not there."""
    number = sum(row.kind == "unknown" for row in criteria(sheet, today) if row.decides)
    return ngettext("One answer is missing", "%(n)d answers are missing", number) % {"n": number}


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
    drawing = timeline_of(sheet, node, today) if node.recent is not None else None
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
        found.mark.kind,
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
    return Criterion(found.key, ask, kind, ANSWERS[found.answer][1], why, found.mark.kind, decides=False)


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
    return Result(kind, title, _("So the sender judged on %(day)s.") % {"day": short_day(day_of(sent))})
