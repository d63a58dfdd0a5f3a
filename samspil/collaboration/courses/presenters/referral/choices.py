"""What a form lets one choose: topics, and the records that somebody may be."""

from django.utils.translation import gettext as _

from samspil.collaboration.courses.presenters.referral.words import short_day
from samspil.collaboration.courses.queries.referral import Candidate, Recognised
from samspil.collaboration.sharing.rules import each
from samspil.foundation.kernel.decisions import Text
from samspil.foundation.kernel.sharing import Category


def topics(held: Category) -> list[tuple[str, Text]]:
    return [(str(int(one)), one.label) for one in each(held)]


def candidate_choices(one: Recognised) -> list[tuple[str, Text]]:
    """The records it may be, and somebody new."""
    new = _("New: write %(name)s down with us") % {"name": one.person.name}
    return [*((str(c.subject), _same(c)) for c in one.candidates), ("new", new)]


def _same(one: Candidate) -> str:
    born = _("born %(day)s") % {"day": short_day(one.born)} if one.born else _("birth date not known")
    words = {"name": one.name, "born": born}
    if one.is_certain:
        return _("The same as our %(name)s, %(born)s: the CPR number is the same") % words
    return _("The same as our %(name)s, %(born)s") % words
