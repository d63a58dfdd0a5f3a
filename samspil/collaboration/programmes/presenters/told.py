"""What this app can tell others about models, steps, provisions and sources, by their keys."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.collaboration.programmes import loading
from samspil.collaboration.programmes.engine import reasons
from samspil.collaboration.programmes.presenters.versions import version_words
from samspil.foundation.kernel import clock
from samspil.foundation.web.further import Further


def versions(key: str, language: str) -> Iterator[Further]:
    """All versions of one model; the note is the version."""
    for one in loading.library().programmes:
        if one.key == key:
            url = reverse("programmes:model", args=[one.key, one.version])
            yield Further(one.title.said(language), url, note=version_words(one.version))


def step_itself(name: str, language: str) -> Iterator[Further]:
    """The step `model/step` in the last version that has it; the note is the model."""
    key, _slash, wanted = name.partition("/")
    having = [
        (one, step)
        for one in loading.library().programmes
        if one.key == key
        for step in one.steps
        if step.key == wanted
    ]
    for one, step in having[-1:]:
        url = reverse("programmes:step", args=[one.key, one.version, step.key])
        yield Further(step.title.said(language), url, note=one.title.said(language))


def provision(key: str, language: str) -> Iterator[Further]:
    """A provision as it is in force today: its section above, its date and what is unverified below."""
    found = loading.library().provisions.get(key)
    if found is None:
        return
    one = found.as_of(clock.today())
    day = reasons.spelled_day(one.checked_on).said(language)
    note = _("Legal ground as of %(day)s.") % {"day": day}
    unverified = one.unverified.said(language) if one.unverified else ""
    yield Further(
        text=one.words.said(language),
        url=reverse("law:provision", args=[key]),
        label=one.section,
        note=f"{note} {unverified}".rstrip(),
        open=unverified,
    )


def source(key: str, language: str) -> Iterator[Further]:
    """One source."""
    if found := loading.library().sources.get(key):
        yield Further(found.said(language), found.url)
