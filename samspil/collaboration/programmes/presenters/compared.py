"""Two versions or models side by side, in plain words: what is new, what is gone, what is not the same."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from pydantic import BaseModel

from samspil.collaboration.programmes.engine import reasons
from samspil.collaboration.programmes.language import Programme, Step, Text, shift
from samspil.collaboration.programmes.language.programme import BATON, Measure
from samspil.collaboration.programmes.language.words import mark_of
from samspil.collaboration.programmes.measured import measure_title
from samspil.collaboration.programmes.presenters.timing import due_words
from samspil.collaboration.programmes.presenters.versions import version_words
from samspil.collaboration.programmes.rules.comparing import WHOLE, Compared
from samspil.foundation.kernel.decisions import Text as Said

PARTS: dict[str, Said] = {
    WHOLE: gettext_lazy("The model as a whole"),
    "criterion": gettext_lazy("Who it is for"),
    "role": gettext_lazy("Who takes part"),
    "phase": gettext_lazy("Phases"),
    "step": gettext_lazy("Steps"),
    "core_element": gettext_lazy("Core elements"),
    "tool": gettext_lazy("Tools"),
    "measure": gettext_lazy("Measures"),
    "adaptable": gettext_lazy("What a site may choose"),
    "fidelity": gettext_lazy("How one sees whether it is followed"),
    "condition": gettext_lazy("What must come first"),
    "principle": gettext_lazy("Principles"),
}
FIELDS: dict[str, Said] = {
    "title": gettext_lazy("Title"), "summary": gettext_lazy("In short"), "text": gettext_lazy("Text"),
    "ask": gettext_lazy("Question"), "kind": gettext_lazy("How it counts"), "due": gettext_lazy("Deadline"),
    "repeats": gettext_lazy("Rhythm"), "responsible": gettext_lazy("Who does it"),
    "evidence": gettext_lazy("Seen by"), "for_each": gettext_lazy("For each"), "tool": gettext_lazy("Tool"),
    "core_element": gettext_lazy("Core element"), "provenance": gettext_lazy("Where it is from"),
    "owner": gettext_lazy("Owner"), "adoption": gettext_lazy("Taken up"),
    "susi_phase": gettext_lazy("Phase in SUSI"), "lasts": gettext_lazy("How long"),
    "baton": gettext_lazy("Who holds the baton"), "starts_from": gettext_lazy("Who may start"),
    "caseload": gettext_lazy("Caseload"), "outcomes": gettext_lazy("Outcome"),
    "tracks": gettext_lazy("Tracks"), "do_not_claim": gettext_lazy("What may not be claimed"),
    "duties": gettext_lazy("Duties of the law"), "evidence_known": gettext_lazy("What is known"),
    "rounds": gettext_lazy("When it is measured"),
    "options": gettext_lazy("Options"),
    "criterion": gettext_lazy("Rule"), "does": gettext_lazy("Does"), "min": gettext_lazy("At least"),
    "max": gettext_lazy("At most"), "sector": gettext_lazy("Sector"),
    "clock": gettext_lazy("Clock of the law"),
    "consent_required": gettext_lazy("Asks for consent"),
    "child_view_required": gettext_lazy("Asks for the child's view"),
    "visible_to": gettext_lazy("Seen by"),
    "every": gettext_lazy("Rhythm"),
    "after": gettext_lazy("Counted from"),
    "about": gettext_lazy("Who is it about?"),
    "roles": gettext_lazy("Who takes part"),
    "from_age": gettext_lazy("From which age"),
    "leads_to": gettext_lazy("Leads to"),
    "then": gettext_lazy("Leads to"),
    "primary": gettext_lazy("Outcome"),
}  # fmt: skip
KINDS: dict[str, Said] = {
    "added": gettext_lazy("New"),
    "removed": gettext_lazy("Gone"),
    "changed": gettext_lazy("Not the same"),
}


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One thing that is not the same: what it was, and what it is."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """One element that differs, and why and because of what its owner says."""

    kind: str
    word: str
    title: str
    note: str
    fields: tuple[FieldLine, ...]
    why: str = ""
    causes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ComparedPart:
    """All that differs in one part."""

    title: str
    lines: tuple[ComparedLine, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One model of two, in the few lines that say most."""

    title: str
    version: str
    url: str
    draft: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The page of two versions or models side by side."""

    labels: tuple[str, ...]
    sides: tuple[Side, Side]
    parts: tuple[ComparedPart, ...]
    counted: str

    @property
    def rows(self) -> list[tuple[str, str, str]]:
        """Label, the one, the other."""
        first, second = self.sides
        return list(zip(self.labels, first.facts, second.facts, strict=True))


def comparison(
    before: Programme,
    after: Programme,
    found: Sequence[Compared],
    drafts: tuple[str, str],
    language: str,
) -> Comparison:
    """Both sides, and what differs between them part by part."""
    parts = [
        ComparedPart(str(words), tuple(_lines(before, after, part, found, language)))
        for part, words in PARTS.items()
    ]
    lines = [line for part in parts for line in part.lines]
    number = {kind: sum(one.kind == kind for one in lines) for kind in KINDS}
    counted = _("%(added)s new, %(removed)s gone, %(changed)s changed") % number
    if others := len(found) - len(lines):
        counted += " · " + ngettext(
            "of %(number)d only the source is another", "of %(number)d only the source is another", others
        ) % {"number": others}
    return Comparison(
        labels=tuple(str(label) for label in _labels()),
        sides=(_side(before, drafts[0], language), _side(after, drafts[1], language)),
        parts=tuple(part for part in parts if part.lines),
        counted=counted,
    )


def _labels() -> Iterable[str]:
    return (
        _("Version"), _("For whom"), _("Taken up"), _("How long"), _("Who coordinates"), _("Phases"),
        _("Steps"), _("Core elements"),
    )  # fmt: skip


def _side(one: Programme, draft: str, language: str) -> Side:
    coordinators = [role.title.said(language) for role in one.roles if role.coordinator]
    return Side(
        title=one.title.said(language),
        version=version_words(one.version),
        url=reverse("programmes:model", args=[one.key, one.version]),
        draft=draft,
        facts=(
            version_words(one.version),
            one.target_group.summary.said(language),
            _("as a whole") if one.adoption == "whole" else _("whole or in parts"),
            _span(one.lasts, language) or _("as long as it is needed"),
            ", ".join(coordinators),
            ", ".join(phase.title.said(language) for phase in one.phases),
            str(len(one.steps)),
            ", ".join(element.title.said(language) for element in one.core_elements),
        ),
    )


def _lines(
    before: Programme, after: Programme, part: str, found: Sequence[Compared], language: str
) -> Iterable[ComparedLine]:
    changes = {change.element: change for change in after.changes}
    for one in found:
        fields = tuple(_fields(before, after, one, language))
        if one.part != part or (one.kind == "changed" and not fields):
            continue
        change = changes.get(one.key)
        causes = tuple(
            (_("Observed") if cause.kind == "observation" else _("Decided"), cause.text.said(language))
            for cause in (change.because_of if change else ())
        )
        yield ComparedLine(
            kind=one.kind,
            word=str(KINDS[one.kind]),
            title=_called(one, language),
            note=_note(after if one.kind == "added" else before, one, language),
            fields=fields,
            why=change.why.said(language) if change else "",
            causes=causes,
        )


def _note(programme: Programme, one: Compared, language: str) -> str:
    """Of a step that is new or gone: who and when."""
    step = one.after or one.before
    if one.kind == "changed" or not isinstance(step, Step):
        return ""
    return f"{_role(programme, step.responsible, language)}, {due_words(programme, step).said(language)}"


def _fields(before: Programme, after: Programme, one: Compared, language: str) -> Iterable[FieldLine]:
    seen: set[tuple[str, str, str]] = set()
    for name in one.fields:
        label = str(FIELDS.get(_label(one, name), name.replace("_", " ").capitalize()))
        was = _value(before, one.before, name, language)
        now = _value(after, one.after, name, language)
        if was == now and name == "provenance":
            continue  # another source of the same kind
        if was == now:  # what differs is finer than words: say that it does
            was, now = "", _("other details")
        if not getattr(one.before, name, None):
            was = ""
        if (label, was, now) not in seen:
            seen.add((label, was, now))
            yield FieldLine(label, was, now)


def _called(one: Compared, language: str) -> str:
    here = one.after or one.before
    return measure_title(here, language) if isinstance(here, Measure) else one.title.said(language)


def _label(one: Compared, name: str) -> str:
    return "evidence_known" if one.part == WHOLE and name == "evidence" else name


def _value(programme: Programme, element: BaseModel | None, name: str, language: str) -> str:
    value = getattr(element, name, None)
    if isinstance(element, Step):
        if name in {"due", "repeats"}:
            return due_words(programme, element).said(language)
        if name == "responsible":
            return _role(programme, element.responsible, language)
        if name == "evidence":
            names = dict.fromkeys(pattern.fact for pattern in element.evidence.patterns)
            return " / ".join(reasons.event((one,), None, None).said(language) for one in names)
    return _plain(programme, name, value, language)


def _plain(programme: Programme, name: str, value: object, language: str) -> str:
    """A value in words where there are any."""
    match value:
        case None | "" | ():
            return _("nothing")
        case Text():
            return value.said(language)
        case bool():
            return _("yes") if value else _("no")
        case str() if name == "provenance":
            return mark_of(value).label.said(language)
        case str() if name in {"tool", "core_element"}:
            return _title(programme, name, value, language)
        case str() if name == "lasts":
            return _span(value, language)
        case str() if name == "adoption":
            return _("as a whole") if value == "whole" else _("whole or in parts")
        case int() | float() | str():
            return str(value)
        case dict():
            texts = [one.said(language) for one in value.values() if isinstance(one, Text)]
            return ", ".join(texts)
        case BaseModel() if isinstance(getattr(value, "name", None), str):
            return str(getattr(value, "name", ""))
    return ""


def _span(written: str | None, language: str) -> str:
    if written is None:
        return ""
    said = reasons.spelled_span(shift(written)).said(language)
    return said.removesuffix(" efter").removesuffix(" after")


def _role(programme: Programme, key: str, language: str) -> str:
    if key == BATON:
        return _("Whoever holds the baton")
    return next((role.title.said(language) for role in programme.roles if role.key == key), key)


def _title(programme: Programme, name: str, key: str, language: str) -> str:
    tools = {one.key: one.title for one in programme.tools}
    elements = {one.key: one.title for one in programme.core_elements}
    found = (tools if name == "tool" else elements).get(key)
    return found.said(language) if found else key
