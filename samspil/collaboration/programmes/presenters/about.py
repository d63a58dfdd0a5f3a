"""One model's page: what it is, who it is for, what is known, and what one may choose."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspil.collaboration.programmes.language import Programme
from samspil.collaboration.programmes.language.words import mark_of
from samspil.collaboration.programmes.loading import Library, Source

PHASES = {
    "screening": gettext_lazy("Screening"),
    "modning": gettext_lazy("Maturation"),
    "afproevning": gettext_lazy("Trial"),
    "udbredelse": gettext_lazy("Dissemination"),
}
"""The phases of the agency's strategy SUSI, in their order."""


@dataclass(frozen=True, slots=True)
class ModelRow:
    """One version in the list of models."""

    title: str
    version: str
    summary: str
    url: str
    draft: str
    audience: str
    size: str


@dataclass(frozen=True, slots=True)
class Core:
    """A core element: its number, what it asks, when it is followed, and where it is from."""

    number: int
    title: str
    text: str
    followed: list[str]
    kind: str
    is_published: bool


@dataclass(frozen=True, slots=True)
class Known:
    """One finding with its design and its reservations."""

    by: str
    on: str
    design: str
    result: str
    reservations: str
    source: str
    url: str


@dataclass(frozen=True, slots=True)
class Choice:
    """What a site may choose, and its options."""

    title: str
    options: str


@dataclass(frozen=True, slots=True)
class Link:
    """A word that leads somewhere."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class ModelPage:
    """Everything on the page of one version."""

    key: str
    title: str
    version: str
    summary: str
    draft: str
    owner: str
    phase: str
    adoption: str
    for_whom: str
    roles: list[tuple[str, str, str]]
    core: list[Core]
    all_published: bool
    choices: list[Choice]
    claim: str
    known: list[Known]
    versions: list[Link]
    sources: list[Link]
    picture_url: str


def model_rows(library: Library, language: str) -> list[ModelRow]:
    """Every version that may be run, by name."""
    rows = [
        ModelRow(
            title=one.title.said(language),
            version=one.version,
            summary=one.summary.said(language),
            url=_url(one),
            draft=one.draft_notice.said(language) if one.draft_notice else "",
            audience="; ".join(text.said(language) for text in one.audience.get("direct", ())),
            size=_("%(phases)s phases, %(steps)s steps, %(core)s core elements")
            % {"phases": len(one.phases), "steps": len(one.steps), "core": len(one.core_elements)},
        )
        for one in library.programmes
    ]
    return sorted(rows, key=lambda row: (row.title, row.version))


def model_page(programme: Programme, library: Library, language: str) -> ModelPage:
    """The page of one version in the reader's language."""
    return ModelPage(
        key=programme.key,
        title=programme.title.said(language),
        version=programme.version,
        summary=programme.summary.said(language),
        draft=programme.draft_notice.said(language) if programme.draft_notice else "",
        owner=programme.owner.name,
        phase=_phase(programme),
        adoption=_("adopted as a whole") if programme.adoption == "whole" else _("whole or in parts"),
        for_whom=programme.target_group.summary.said(language),
        roles=[
            (role.title.said(language), role.does.said(language), mark_of(role.provenance).kind)
            for role in programme.roles
        ],
        core=list(_core(programme, language)),
        all_published=all(one.is_published for one in programme.core_elements),
        choices=[
            Choice(one.title.said(language), ", ".join(text.said(language) for text in one.options.values()))
            for one in programme.adaptable
        ],
        claim=programme.do_not_claim.said(language),
        known=[_known(programme, index, library, language) for index in range(len(programme.evidence))],
        versions=[Link(one.version, _url(one)) for one in library.programmes if one.key == programme.key],
        sources=[_source(library.sources[key], language) for key in programme.sources],
        picture_url=reverse("programmes:picture", args=[programme.key, programme.version]),
    )


def _core(programme: Programme, language: str) -> Iterable[Core]:
    for number, one in enumerate(programme.core_elements, 1):
        yield Core(
            number=number,
            title=one.title.said(language),
            text=one.text.said(language),
            followed=[
                criterion.text.said(language)
                for criterion in programme.fidelity
                if criterion.core_element == one.key
            ],
            kind=mark_of(one.provenance).kind,
            is_published=one.is_published,
        )


def _known(programme: Programme, index: int, library: Library, language: str) -> Known:
    one = programme.evidence[index]
    source = library.sources[one.source]
    return Known(
        by=one.by,
        on=one.on,
        design=_designs().get(one.design, one.design),
        result=one.result.said(language),
        reservations=one.reservations.said(language),
        source=source.said(language),
        url=source.url,
    )


def _designs() -> dict[str, str]:
    return {
        "randomised-trial": _("randomised trial"),
        "before-during-after": _("asked before, during and after"),
        "before-after": _("asked before and after"),
        "follow-up": _("follow-up, no comparison group"),
        "self-evaluation": _("self-evaluation"),
        "qualitative": _("interviews and observation"),
        "none": _("no evaluation with figures"),
        "practice": _("experience from practice, nothing measured"),
        "uptake": _("how many use it, not what it leads to"),
        "knowledge-review": _("a review of what is known"),
    }


def _phase(programme: Programme) -> str:
    number = list(PHASES).index(programme.susi_phase) + 1
    return _("%(phase)s (%(number)s of 4 in SUSI)") % {
        "phase": PHASES[programme.susi_phase],
        "number": number,
    }


def _url(programme: Programme) -> str:
    return reverse("programmes:model", args=[programme.key, programme.version])


def _source(source: Source, language: str) -> Link:
    return Link(source.said(language), source.url)
