"""Words that several pages use: names in a row, who wrote it, what a code of the model means."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from samspil.collaboration.programmes.language import Programme
from samspil.foundation.organisations.models import Membership


def listed(words: Iterable[str]) -> str:
    """»Alma, Noah and Jens«."""
    found = list(words)
    if len(found) < 2:
        return "".join(found)
    last = found.pop()
    return pgettext("a list of names", "%(first)s and %(last)s") % {"first": ", ".join(found), "last": last}


def first_name(names: Mapping[UUID, str], subject: UUID) -> str:
    """What somebody is called in short."""
    name = names.get(subject, "").strip()
    return name.split()[0] if name else _("Somebody in the family")


def listed_names(names: Mapping[UUID, str], subjects: Collection[UUID]) -> str:
    """»a person in the family, Noah and Sara«: whose name is not seen first, others in the course's order."""
    known = [first_name(names, one) for one, name in names.items() if one in subjects and name.strip()]
    hidden = len(set(subjects)) - len(known)
    words = ngettext("a person in the family", "%(count)d people in the family", hidden) % {"count": hidden}
    return listed([words, *known] if hidden else known)


def writer(post: Membership) -> str:
    """Who wrote it, and for which unit."""
    return f"{post.staff.name}, {post.unit.name}"


def meaning(programme: Programme, kind: str, attribute: str, code: str, language: str) -> str:
    """What a code of the model is called: the title of the step that it shows done; else the code."""
    for step in programme.steps:
        for pattern in step.evidence.patterns:
            if pattern.fact == kind and pattern.where.get(attribute) == code:
                return step.title.said(language)
    return code
