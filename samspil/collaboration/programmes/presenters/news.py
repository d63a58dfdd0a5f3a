"""Where a version stands, and what its owner says is new in it: for the page of the model."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.collaboration.programmes.language import Programme
from samspil.collaboration.programmes.presenters.tried import state_of
from samspil.collaboration.programmes.queries import Published


@dataclass(frozen=True, slots=True)
class Changed:
    """One change of a new version: why, and what was observed and decided."""

    why: str
    causes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class News:
    """Draft, published or superseded; the words of the owner; what is new since the version before."""

    state: str
    mark: str
    words: str
    before: str
    changes: tuple[Changed, ...]
    compare_url: str
    adopt_url: str


def news(programme: Programme, published: Mapping[tuple[str, str], Published], language: str) -> News:
    """What stands about the version itself on its page."""
    state, mark = state_of(programme, published)
    known = published.get((programme.key, programme.version))
    name = f"{programme.key}/{programme.version}"
    before = f"{programme.key}/{programme.supersedes}" if programme.supersedes else ""
    return News(
        state=state,
        mark=mark,
        words=known.words if known else "",
        before=programme.supersedes or "",
        changes=tuple(
            Changed(
                one.why.said(language),
                tuple(
                    (
                        _("Observed") if cause.kind == "observation" else _("Decided"),
                        cause.text.said(language),
                    )
                    for cause in one.because_of
                ),
            )
            for one in programme.changes
        ),
        compare_url=f"{reverse('programmes:compare')}?a={before or name}&b={name if before else ''}",
        adopt_url=reverse("programmes:adopt", args=[programme.key, programme.version]),
    )
