"""One model's page: what it is, who it is for, what is known, and what one may choose."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samspil.collaboration.programmes.language import Mark, Programme
from samspil.collaboration.programmes.language.programme import BATON, Role
from samspil.collaboration.programmes.language.when import shift
from samspil.collaboration.programmes.language.words import mark_of, tokens_of
from samspil.collaboration.programmes.loading import Library, Source
from samspil.collaboration.programmes.presenters.versions import version_words
from samspil.foundation.web.further import Further, Topic, about

PHASES = {
    "screening": gettext_lazy("Screening"),
    "modning": gettext_lazy("Maturation"),
    "afproevning": gettext_lazy("Trial"),
    "udbredelse": gettext_lazy("Dissemination"),
}
"""The phases of the agency's strategy SUSI, in their order."""
_PHASES_MEAN = {
    "screening": gettext_lazy("somebody looks whether the idea is worth working on"),
    "modning": gettext_lazy("the model is made ready and tried on a small scale"),
    "afproevning": gettext_lazy("it is tried whether the model works"),
    "udbredelse": gettext_lazy("the model is spread to more places"),
}
SHORT = {
    "from-description": gettext_lazy("Project description"),
    "from-source": gettext_lazy("Another source"),
    "by-law": gettext_lazy("The law"),
    "proposal": gettext_lazy("Samspil's proposal"),
    "adaptation": gettext_lazy("Your own"),
}
"""The words of a mark beside many rows; the whole words stand in the legend of the picture."""


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
    short: str
    built_on: str
    """Where a proposed core element's content is from; that it is one is then the proposal."""


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
    """One of several to choose: its title, and where it leads or what it is."""

    title: str
    options: str


@dataclass(frozen=True, slots=True)
class Adapted:
    """What a site may choose, and its options, the usual one first."""

    title: str
    options: list[str]


@dataclass(frozen=True, slots=True)
class Link:
    """A word that leads somewhere."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody who takes part: what they do, and their steps. `shared`: those of whoever holds the baton."""

    title: str
    does: str
    kind: str
    short: str
    steps: list[Link]
    shared: list[Link]


@dataclass(frozen=True, slots=True)
class ModelPage:
    """Everything on the page of one version."""

    key: str
    title: str
    version: str
    try_url: str
    summary: str
    draft: str
    owner: str
    phase: str
    for_whom: str
    age: str
    lasts: str
    parts: list[Part]
    leaflets: list[Further]
    core: list[Core]
    core_note: str
    all_published: bool
    choices: list[Adapted]
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
            version=version_words(one.version),
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
        version=version_words(programme.version),
        try_url=reverse("programmes:try", args=[programme.key, programme.version]),
        summary=programme.summary.said(language),
        draft=_made_by(programme),
        owner=programme.owner.name,
        phase=_phase(programme),
        for_whom=programme.target_group.summary.said(language),
        age=_age(programme, language),
        lasts=_lasts(programme),
        parts=[_part(programme, role, language) for role in programme.roles],
        leaflets=about(Topic.LEAFLET, programme.key, language),
        core=list(_core(programme, language)),
        core_note=_core_note(programme),
        all_published=all(one.is_published for one in programme.core_elements),
        choices=[
            Adapted(one.title.said(language), [text.said(language) for text in one.options.values()])
            for one in programme.adaptable
        ],
        claim=programme.do_not_claim.said(language),
        known=[_known(programme, index, library, language) for index in range(len(programme.evidence))],
        versions=[
            Link(version_words(one.version), _url(one))
            for one in library.programmes
            if one.key == programme.key
        ],
        sources=[_source(library.sources[key], language) for key in programme.sources],
        picture_url=reverse("programmes:picture", args=[programme.key, programme.version]),
    )


def _made_by(programme: Programme) -> str:
    """Who wrote this, where the owner of the model has not approved it."""
    if programme.owner.approved:
        return ""
    return _("Samspil's draft after the model of %(owner)s. Not approved.") % {"owner": programme.owner.name}


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
            short=str(SHORT[mark_of(one.provenance).kind]),
            built_on=_built_on(one.provenance),
        )


def _built_on(provenance: str) -> str:
    stated = [mark_of(token) for token in tokens_of(provenance)]
    strong = [mark for mark in Mark if mark in stated and mark is not Mark.PROPOSAL]
    if Mark.PROPOSAL not in stated or not strong:
        return ""
    return _("Content: %(source)s. That it is a core element is Samspil's proposal.") % {
        "source": SHORT[strong[0].kind]
    }


def _core_note(programme: Programme) -> str:
    if programme.adoption != "whole":
        return _(
            "You, the municipality or region, may take up the whole model or parts of it. "
            "Whoever leaves a core element out says why."
        )
    if any(one.is_published for one in programme.core_elements):
        return _(
            "The model is taken up as a whole. You, the municipality or region, cannot leave out a core "
            "element that the owner has published; a recommended one you may, with a reason."
        )
    return _(
        "The model is meant to be taken up as a whole. But the owner has published none of these core "
        "elements, so you, the municipality or region, may leave one out when you write why."
    )


def _part(programme: Programme, role: Role, language: str) -> Part:
    kind = mark_of(role.provenance).kind
    return Part(
        title=role.title.said(language),
        does=role.does.said(language),
        kind=kind,
        short=str(SHORT[kind]),
        steps=_steps(programme, role.key, language),
        shared=_steps(programme, BATON, language)
        if role.key in {programme.baton.starts, programme.baton.passes_to}
        else [],
    )


def _steps(programme: Programme, responsible: str, language: str) -> list[Link]:
    return [
        Link(
            step.title.said(language),
            reverse("programmes:step", args=[programme.key, programme.version, step.key]),
        )
        for step in programme.steps
        if step.responsible == responsible
    ]


def _age(programme: Programme, language: str) -> str:
    ages = programme.target_group.age
    if ages is None:
        return _("The model says no age.")
    title = next(role.title.said(language) for role in programme.roles if role.key == ages.of)
    said = mark_of(ages.provenance).label.said(language)
    return _("%(role)s from %(first)s to %(last)s years. The ages: %(source)s.") % {
        "role": title,
        "first": ages.warn_outside[0],
        "last": ages.warn_outside[1],
        "source": said[:1].lower() + said[1:],
    }


def _lasts(programme: Programme) -> str:
    whole = shift(programme.lasts)
    if not whole.months:
        return _("The model does not say how long a course lasts.")
    return ngettext("A course lasts %(n)s month.", "A course lasts %(n)s months.", whole.months) % {
        "n": whole.months
    }


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
    return _("%(phase)s, phase %(number)s of 4: %(meaning)s. The phases are those of the strategy SUSI.") % {
        "phase": PHASES[programme.susi_phase],
        "number": number,
        "meaning": _PHASES_MEAN[programme.susi_phase],
    }


def _url(programme: Programme) -> str:
    return reverse("programmes:model", args=[programme.key, programme.version])


def _source(source: Source, language: str) -> Link:
    return Link(source.said(language), source.url)
