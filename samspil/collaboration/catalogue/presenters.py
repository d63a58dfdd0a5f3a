"""Shapes the idea catalogue for pages and for paper."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils import formats
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrPromise

from samspil.collaboration.catalogue import queries, rules
from samspil.collaboration.catalogue.language import Grade, Kind, Profession
from samspil.collaboration.catalogue.loading import LINK, OWN, Read
from samspil.foundation.web.further import Further, Topic, about
from samspil.foundation.web.markdown import rendered

WORDS_A_MINUTE = 180
PARTS: Sequence[tuple[StrPromise, StrPromise, tuple[Kind, ...]]] = (
    (
        gettext_lazy("Leaflets"),
        gettext_lazy("Two sides for each profession, to print and pass on."),
        (Kind.LEAFLET,),
    ),
    (
        gettext_lazy("What we know"),
        gettext_lazy("What was found, what may carry it, and what to keep in mind."),
        (Kind.KNOWLEDGE,),
    ),
    (gettext_lazy("How the models are built"), gettext_lazy("Each model in short."), (Kind.STRUCTURE,)),
    (gettext_lazy("Methods and tools"), gettext_lazy("How to do it."), (Kind.METHOD, Kind.TOOL)),
    (
        gettext_lazy("Best practice"),
        gettext_lazy("Habits that hold day to day, and why."),
        (Kind.BEST_PRACTICE,),
    ),
    (
        gettext_lazy("How to start"),
        gettext_lazy("For each model: how to begin, and what to watch for."),
        (Kind.IMPLEMENTATION,),
    ),
)
KINDS = {
    Kind.KNOWLEDGE: gettext_lazy("Knowledge"),
    Kind.STRUCTURE: gettext_lazy("The model in short"),
    Kind.METHOD: gettext_lazy("Method"),
    Kind.TOOL: gettext_lazy("Tool"),
    Kind.BEST_PRACTICE: gettext_lazy("Best practice"),
    Kind.IMPLEMENTATION: gettext_lazy("How to start"),
    Kind.LEAFLET: gettext_lazy("Leaflet"),
}
AT_STEP = (
    Kind.TOOL,
    Kind.METHOD,
    Kind.BEST_PRACTICE,
    Kind.KNOWLEDGE,
    Kind.LEAFLET,
    Kind.IMPLEMENTATION,
    Kind.STRUCTURE,
)
"""The kinds in the order in which they help somebody who is to do a step."""
PROFESSIONS = {
    Profession.LEADER: gettext_lazy("Politicians and leaders"),
    Profession.ADVISER: gettext_lazy("Advisers and caseworkers"),
    Profession.FAMILY_TREATMENT: gettext_lazy("Family treatment"),
    Profession.DAY_CARE: gettext_lazy("Day-care and childminders"),
    Profession.SCHOOL: gettext_lazy("School and after-school care"),
    Profession.HEALTH_VISITOR: gettext_lazy("Health visitors"),
    Profession.PSYCHIATRY: gettext_lazy("Treatment and social psychiatry"),
    Profession.SUBSTANCE_TREATMENT: gettext_lazy("Substance treatment"),
    Profession.EMPLOYMENT: gettext_lazy("Job centre and youth guidance"),
}
GRADES = {
    Grade.TRIAL: gettext_lazy("Trial by lot, with a group to compare with"),
    Grade.BEFORE_AND_AFTER: gettext_lazy("Measured before and after, with no group to compare with"),
    Grade.FOLLOW_UP: gettext_lazy("Followed over time, with no group to compare with"),
    Grade.EXPERIENCE: gettext_lazy("Experience from practice"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter."""

    value: str
    text: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One entry in the list."""

    title: str
    summary: str
    url: str
    kind: str
    audience: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the catalogue with what stands in it."""

    title: str
    note: str
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Overview:
    """The catalogue as it is looked at now."""

    words: str
    professions: list[Choice]
    models: list[Choice]
    parts: list[Part]
    count: int
    is_narrowed: bool


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it. `tone`: alarm, law, or nothing."""

    text: SafeString
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """One entry, with what it rests on."""

    title: str
    summary: str
    kind: str
    minutes: int
    sections: list[Section]
    audience: list[str]
    models: list[Further]
    steps: list[Further]
    finding: str
    active_element: str
    reservations: str
    grade: str
    law: list[Further]
    sources: list[Further]
    read: str
    """The provisions that were read in a copy of the law or with an authority."""
    unread: list[Further]
    """The provisions that nobody has been able to check in the law itself."""
    checked_on: str
    unverified: str
    pdf_url: str


def overview(wanted: queries.Wanted, language: str) -> Overview:
    """The parts with their entries; where words are asked for, the best answers stand first in each."""
    found = queries.entries(wanted)
    parts = [
        Part(str(title), str(note), [_row(one, language) for one in found if one.entry.kind in kinds])
        for title, note, kinds in PARTS
    ]
    return Overview(
        words=wanted.words,
        professions=[
            Choice(one.value, str(text), one is wanted.profession) for one, text in PROFESSIONS.items()
        ],
        models=[Choice(key, model_title(key, language), key == wanted.model) for key in queries.models()],
        parts=[part for part in parts if part.rows],
        count=len(found),
        is_narrowed=bool(wanted.words or wanted.profession or wanted.model),
    )


def page(one: Read, language: str) -> Page:
    """One entry in the reader's language; its text is Danish."""
    entry, known = one.entry, one.entry.knowledge
    law = [found for key in entry.law for found in about(Topic.LAW, key, language)]
    sources = dict.fromkeys([*([known.source] if known else []), *entry.sources])
    return Page(
        title=entry.title.said(language),
        summary=entry.summary.said(language),
        kind=str(KINDS[entry.kind]),
        minutes=minutes(one),
        sections=sections(one, linked(one.text)),
        audience=[str(PROFESSIONS[profession]) for profession in entry.professions],
        models=[found for key in entry.models for found in _versions(key, entry.version, language)],
        steps=[found for name in entry.steps for found in about(Topic.STEP, name, language)],
        finding=known.finding.said(language) if known else "",
        active_element=known.active_element.said(language) if known else "",
        reservations=known.reservations.said(language) if known else "",
        grade=str(GRADES[known.grade]) if known else "",
        law=law,
        sources=[found for key in sources for found in about(Topic.SOURCE, key, language)],
        read=", ".join(found.label for found in law if not found.open),
        unread=[replace(found, open=found.open.removesuffix(".")) for found in law if found.open],
        checked_on=formats.date_format(entry.checked_on, "j. F Y"),
        unverified=entry.unverified.said(language) if entry.unverified else "",
        pdf_url=reverse("catalogue:leaflet", args=[entry.key]) if entry.kind is Kind.LEAFLET else "",
    )


def sections(one: Read, text: str) -> list[Section]:
    """The text in its sections. A leaflet begins with when not to wait; what the law says stands apart."""
    parts = rules.sections(text)
    if one.entry.kind is not Kind.LEAFLET:
        return [Section(rendered(part, top=1)) for part in parts]
    return [
        Section(rendered(part, top=1), "alarm" if number == 0 else "law" if "§" in part else "")
        for number, part in enumerate(parts)
    ]


def model_title(key: str, language: str) -> str:
    """The title of a model, whatever the version; its key where nobody knows it."""
    return next((found.text for found in about(Topic.MODEL, key, language)), key)


def linked(text: str) -> str:
    """The text with the addresses of the entries it names."""
    return LINK.sub(lambda link: f"[{link['text']}]({_address(link['target'])})", text)


def unlinked(text: str) -> str:
    """The text for paper: where links stood, their words stay; a section keeps its number beside it."""
    return LINK.sub(lambda link: link["text"], text).replace("§ ", "§\N{NO-BREAK SPACE}")


def minutes(one: Read) -> int:
    """How long it takes to read, at least a minute."""
    return max(1, round(one.words / WORDS_A_MINUTE))


def readings(name: str, language: str) -> list[Further]:
    """What one can read about a step, for the pages it stands on: first how to do it."""
    found = sorted(queries.at_step(name), key=lambda one: AT_STEP.index(one.entry.kind))
    return [
        Further(one.entry.title.said(language), _entry_url(one), note=str(KINDS[one.entry.kind]))
        for one in found
    ]


def leaflets(model: str, language: str) -> list[Further]:
    """The leaflets about a model; the note is whom each is for."""
    return [
        Further(one.entry.title.said(language), _entry_url(one), note=_audience(one))
        for one in queries.entries(queries.Wanted(model=model))
        if one.entry.kind is Kind.LEAFLET
    ]


def resting_on(provision: str, language: str) -> list[Further]:
    """The entries that name a provision, with the day each was checked and what is open in it."""
    return [
        Further(
            one.entry.title.said(language),
            _entry_url(one),
            label=str(KINDS[one.entry.kind]),
            note=one.entry.unverified.said(language) if one.entry.unverified else "",
            on=one.entry.checked_on,
        )
        for one in queries.resting_on(provision)
    ]


def _row(one: Read, language: str) -> Row:
    return Row(
        title=one.entry.title.said(language),
        summary=one.entry.summary.said(language),
        url=_entry_url(one),
        kind=str(KINDS[one.entry.kind]),
        audience=_audience(one),
        minutes=minutes(one),
    )


def _audience(one: Read) -> str:
    return ", ".join(str(PROFESSIONS[profession]) for profession in one.entry.professions)


def _versions(key: str, version: str | None, language: str) -> list[Further]:
    return [one for one in about(Topic.MODEL, key, language) if version in {None, one.note}]


def _address(target: str) -> str:
    if not target.startswith(OWN):
        return target
    return reverse("catalogue:entry", args=[target.removeprefix(OWN)])


def _entry_url(one: Read) -> str:
    return reverse("catalogue:entry", args=[one.entry.key])
