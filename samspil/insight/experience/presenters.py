"""Experiences as pages say them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samspil.collaboration.programmes import loading
from samspil.collaboration.programmes.language import Programme
from samspil.collaboration.programmes.presenters.versions import model_words
from samspil.foundation.kernel.roles import ROLES, RoleKey
from samspil.foundation.organisations.models import Authority
from samspil.foundation.web.further import Further
from samspil.insight.experience.models import Answer
from samspil.insight.experience.rules import Tally, Told


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a model and how many answers it has."""

    text: str
    url: str
    answers: str


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody wrote, and who that is as far as it is shown."""

    text: str
    answer: str
    by: str


@dataclass(frozen=True, slots=True)
class Element:
    """One step with its answers."""

    title: str
    url: str
    core: str
    total: int
    counts: tuple[tuple[str, int], ...]
    """How many gave each answer, in the order of the answers."""
    words: tuple[Words, ...]


def asked(key: str, _language: str) -> Iterable[Further]:
    """The question at a step: `via-family/2.0-draft/safety-plan`."""
    programme, version, step = key.split("/")
    yield Further(
        text=_("Say what you find"),
        url=reverse("experience:tell", args=[programme, version, step]),
        label=_("Does this step work?"),
        note=_("A minute, and nothing about any family. Those who look after the model read it."),
    )


def versions(counted: Mapping[tuple[str, str], int], language: str) -> list[Version]:
    """Every version with how many answers it has, those with most first."""
    rows = sorted(loading.library().programmes, key=lambda one: -counted.get((one.key, one.version), 0))
    return [
        Version(
            model_words(one.title.said(language), one.version),
            reverse("experience:elements", args=[one.key, one.version]),
            _answers(counted.get((one.key, one.version), 0)),
        )
        for one in rows
    ]


def elements(programme: Programme, told: Mapping[str, Tally], language: str) -> list[Element]:
    """The steps in the order of the model that somebody has answered at."""
    cores = {one.key: one.title.said(language) for one in programme.core_elements}
    return [
        Element(
            title=step.title.said(language),
            url=reverse("programmes:step", args=[programme.key, programme.version, step.key]),
            core=cores.get(step.core_element or "", ""),
            total=told[step.key].total,
            counts=tuple((str(word), told[step.key].counts[key]) for key, word in Answer.choices),
            words=tuple(_words(one) for one in told[step.key].words),
        )
        for step in programme.steps
        if step.key in told
    ]


def _words(one: Told) -> Words:
    by = [ROLES[RoleKey(one.role)].title, Authority.Kind(one.organisation).label] if one.role else []
    return Words(one.text, str(Answer(one.answer).label), " · ".join(map(str, by)))


def _answers(count: int) -> str:
    return ngettext("%(count)s answer", "%(count)s answers", count) % {"count": count}
