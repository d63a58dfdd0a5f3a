"""What this app can tell others about models, steps, provisions and sources, by their keys."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from samspil.collaboration.programmes import loading
from samspil.collaboration.programmes.engine import reasons
from samspil.collaboration.programmes.language.law import Clock, Duty
from samspil.foundation.web.further import Further


def versions(key: str, language: str) -> Iterator[Further]:
    """All versions of one model; the note is the version."""
    for one in loading.library().programmes:
        if one.key == key:
            url = reverse("programmes:model", args=[one.key, one.version])
            yield Further(one.title.said(language), url, note=one.version)


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
    """A duty or a clock of the law: its section above, its date and what is unverified below."""
    library = loading.library()
    parts: list[Clock | Duty] = [clock for law in library.laws for clock in law.clocks]
    parts += [duty for law in library.laws for duty in law.duties]
    for one in (part for part in parts if part.key == key):
        said = one.rule if isinstance(one, Clock) else one.text
        day = reasons.spelled_day(one.checked_on).said(language)
        note = _("Legal ground as of %(day)s.") % {"day": day}
        if one.unverified:
            note = f"{note} {one.unverified.said(language)}"
        yield Further(said.said(language), library.sources[one.source].url, label=one.section, note=note)


def source(key: str, _language: str) -> Iterator[Further]:
    """One source."""
    if found := loading.library().sources.get(key):
        yield Further(found.title, found.url)
