"""Which model fits: each version with its verdict and its reasons, for the page and for a referral."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samspil.collaboration.programmes.choosing import Suggestion, Verdict
from samspil.collaboration.programmes.presenters.versions import version_words
from samspil.foundation.kernel.decisions import Text

WORDS: Mapping[Verdict, tuple[str, Text]] = {
    Verdict.FITS: ("done", gettext_lazy("Fits")),
    Verdict.PERHAPS: ("unknown", gettext_lazy("Perhaps")),
    Verdict.DOES_NOT: ("refused", gettext_lazy("Does not fit")),
}


@dataclass(frozen=True, slots=True)
class Suggested:
    """One version as it is suggested: the verdict, what speaks for and against it, what is not known."""

    key: str
    version: str
    version_words: str
    title: str
    url: str
    kind: str
    word: str
    speaks_for: list[str]
    speaks_against: list[str]
    unknown: list[str]
    note: str


def suggested(found: Iterable[Suggestion], language: str) -> list[Suggested]:
    """Suggestions in the reader's language, the best first."""
    return [_one(one, language) for one in found]


def _one(one: Suggestion, language: str) -> Suggested:
    programme = one.programme
    kind, word = WORDS[one.verdict]
    note = _("Version %(version)s has taken its place.") % {"version": version_words(one.followed_by or "")}
    return Suggested(
        key=programme.key,
        version=programme.version,
        version_words=version_words(programme.version),
        title=programme.title.said(language),
        url=reverse("programmes:model", args=[programme.key, programme.version]),
        kind=kind,
        word=str(word),
        speaks_for=[text.said(language) for text in one.speaks_for],
        speaks_against=[text.said(language) for text in one.speaks_against],
        unknown=[text.said(language) for text in one.unknown],
        note=note if one.followed_by else "",
    )
