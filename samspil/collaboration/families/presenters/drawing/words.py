"""The same family in words."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samspil.collaboration.families.models import TieKind
from samspil.collaboration.families.presenters.drawing.shapes import Portrait
from samspil.collaboration.families.rules.ties import Bond
from samspil.foundation.kernel.decisions import Text

SENTENCES: dict[TieKind, Text] = {
    TieKind.PARENT: gettext_lazy("%(person)s is a parent of %(to)s."),
    TieKind.CUSTODY: gettext_lazy("%(person)s has custody of %(to)s."),
    TieKind.STEP_PARENT: gettext_lazy("%(person)s is a step-parent of %(to)s."),
    TieKind.FOSTER_PARENT: gettext_lazy("%(person)s is a foster parent of %(to)s."),
    TieKind.GRANDPARENT: gettext_lazy("%(person)s is a grandparent of %(to)s."),
    TieKind.SIBLING: gettext_lazy("%(person)s and %(to)s are siblings."),
    TieKind.PARTNER: gettext_lazy("%(person)s and %(to)s are partners."),
    TieKind.EX_PARTNER: gettext_lazy("%(person)s and %(to)s were partners."),
    TieKind.NETWORK: gettext_lazy("%(person)s and %(to)s are in each other's network."),
}


def description_of(people: Sequence[Portrait], homes: Sequence[frozenset[UUID]]) -> str:
    count = ngettext("%(count)d person.", "%(count)d people.", len(people)) % {"count": len(people)}
    if not homes:
        return count
    placed = ngettext("%(count)d home is shown.", "%(count)d homes are shown.", len(homes)) % {
        "count": len(homes)
    }
    return f"{count} {placed}"


def sentences_of(
    bonds: Sequence[Bond],
    ended: Sequence[Bond],
    homes: Sequence[frozenset[UUID]],
    known: Mapping[UUID, Portrait],
) -> Iterable[str]:
    """The drawing in words: homes first, then each tie once."""
    for number, members in enumerate(homes, start=1):
        names = ", ".join(person.name for person in known.values() if person.id in members)
        yield _("Home %(number)d: %(names)s.") % {"number": number, "names": names}
    for bond in bonds:
        if bond.kind != TieKind.LIVES_WITH:
            yield SENTENCES[bond.kind] % {"person": known[bond.person].name, "to": known[bond.to].name}
    for bond in ended:
        sentence = SENTENCES[bond.kind] % {"person": known[bond.person].name, "to": known[bond.to].name}
        yield _("%(sentence)s (has ended)") % {"sentence": sentence}
