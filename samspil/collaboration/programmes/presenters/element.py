"""The page of one step: what, who, when, on which ground, with which guide and tool."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.collaboration.programmes import vocabulary
from samspil.collaboration.programmes.engine import reasons
from samspil.collaboration.programmes.language import Programme, Step
from samspil.collaboration.programmes.language.programme import BATON
from samspil.collaboration.programmes.language.words import mark_of, tokens_of
from samspil.collaboration.programmes.loading import Library
from samspil.collaboration.programmes.presenters.about import Link
from samspil.collaboration.programmes.presenters.picture import core_numbers
from samspil.collaboration.programmes.presenters.timing import due_words


@dataclass(frozen=True, slots=True)
class Ground:
    """A provision that the step rests on, with its date and what nobody has checked."""

    section: str
    url: str
    text: str
    checked: str
    unverified: str
    source: Link


@dataclass(frozen=True, slots=True)
class StepPage:
    """Everything on the page of one step."""

    title: str
    summary: str
    phase: str
    who: str
    for_each: str
    when: str
    kind: str
    due_kind: str
    seen_by: list[str]
    core: str
    tool: str
    grounds: list[Ground]
    sources: list[Link]


def step_page(programme: Programme, step: Step, library: Library, language: str) -> StepPage:
    """One step in the reader's language."""
    titles = {role.key: role.title.said(language) for role in programme.roles}
    number, element = core_numbers(programme).get(step.core_element or "", (0, None))
    tool = next((one for one in programme.tools if one.key == step.tool), None)
    return StepPage(
        title=step.title.said(language),
        summary=step.summary.said(language),
        phase=next(phase.title.said(language) for phase in programme.phases if step in phase.steps),
        who=_("Whoever holds the baton") if step.responsible == BATON else titles[step.responsible],
        for_each=", ".join(_each(titles[one.role], one.from_age, one.below_age) for one in step.each),
        when=due_words(programme, step).said(language),
        kind=mark_of(step.provenance).kind,
        due_kind=mark_of(step.due.provenance).kind if step.due.provenance else "",
        seen_by=[_fact(pattern.fact, language) for pattern in step.evidence.patterns],
        core=f"{number} {element.title.said(language)}" if element else "",
        tool=tool.title.said(language) if tool else "",
        grounds=list(_grounds(programme, step, library, language)),
        sources=list(_sources(step, library, language)),
    )


def _each(title: str, from_age: int | None, below_age: int | None) -> str:
    if from_age is not None and below_age is not None:
        return _("%(role)s, %(first)s to %(last)s years") % {
            "role": title, "first": from_age, "last": below_age - 1
        }  # fmt: skip
    if from_age is not None:
        return _("%(role)s from %(age)s years") % {"role": title, "age": from_age}
    if below_age is not None:
        return _("%(role)s below %(age)s years") % {"role": title, "age": below_age}
    return title


def _fact(name: str, language: str) -> str:
    kind = vocabulary.KINDS[name]
    return kind.en if language.startswith("en") else kind.da


def _grounds(programme: Programme, step: Step, library: Library, language: str) -> Iterable[Ground]:
    for key in dict.fromkeys(one for one in (step.clock, step.due.clock, *step.duties) if one):
        one = library.provisions[key].as_of(programme.law_on)
        source = library.sources[one.source]
        yield Ground(
            section=one.section,
            url=reverse("law:provision", args=[key]),
            text=one.words.said(language),
            checked=reasons.spelled_day(one.checked_on).said(language),
            unverified=one.unverified.said(language) if one.unverified else "",
            source=Link(source.said(language), source.url),
        )


def _sources(step: Step, library: Library, language: str) -> Iterable[Link]:
    tokens = [*tokens_of(step.provenance), *tokens_of(step.due.provenance or "")]
    for token in dict.fromkeys(tokens):
        if token in library.sources:
            source = library.sources[token]
            yield Link(source.said(language), source.url)
