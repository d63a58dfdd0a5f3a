"""How a course ends: what remains in words, the consents looked at, a copy for each in the family. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from samspil.collaboration.families.rules.ages import ADULT, OWN_CONSENT, OWN_FROM_15, age_on
from samspil.foundation.kernel.decisions import YES, Decision, no
from samspil.foundation.kernel.sharing import ALL_CATEGORIES, Category

REVIEW_HOLDS = timedelta(days=30)
"""How long before the closing the consents may have been looked at."""
FOR_ALL = Category.IDENTITY | Category.EVERYDAY
"""What several people share, each of them may have in their copy; anything else only who may see it all."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who gets a copy of a course, and what it may hold about whom."""

    subject: UUID
    name: str
    born: date | None = None
    sees: Mapping[UUID, Category] = field(default_factory=dict)
    """For oneself and each child in one's custody: the categories."""

    def may_have(self, subjects: Collection[UUID], category: Category) -> bool:
        """May something about these people stand in this copy?

        Everything about oneself and one's children; of what is about others, too, only everyday things that
        one has a part in oneself. Nothing about another adult's health ever stands in it.
        """
        if all(category & self.sees.get(subject, Category(0)) for subject in subjects):
            return True
        return self.subject in subjects and category in FOR_ALL


def reads_own_copy(born: date | None, day: date) -> bool:
    """Whoever is 15 or older, and whoever's age is not known: adults whose birth date nobody wrote down."""
    return born is None or age_on(born, day) >= OWN_CONSENT


def of_a_child(born: date | None, day: date) -> Category:
    """What the copy of somebody with custody holds about a child, by its age on the day."""
    if born is None or age_on(born, day) >= ADULT:
        return Category(0)
    own = OWN_FROM_15 if age_on(born, day) >= OWN_CONSENT else Category.CONFIDENTIAL_YOUTH
    return ALL_CATEGORIES & ~own


@dataclass(frozen=True, slots=True)
class Left:
    """What is written about one open thing when a course ends; without a thing, about the whole."""

    words: str
    thing: UUID | None = None
    title: str = ""


def ready_to_leave(left: Sequence[Left]) -> Decision:
    """Each open thing has its words."""
    if missing := [one.title for one in left if not one.words.strip()]:
        named = ", ".join(title for title in missing if title)
        if named:
            return no(_("Write what happens with: %(things)s"), things=named)
        return no(_("Write what happens now, and whom the family can turn to."))
    return YES


def looked_at_all(running: Collection[UUID], answered: Collection[UUID]) -> Decision:
    """A review leaves nothing out, and answers nothing that is not there any more."""
    if set(running) != set(answered):
        return no(_("Something has changed in the meantime. Load the page again and look at each."))
    return YES


@dataclass(frozen=True, slots=True)
class CopyState:
    """How far one reader's copy is."""

    name: str
    made_at: datetime | None = None
    is_given: bool = False
    why_not: str = ""

    @property
    def is_settled(self) -> bool:
        """Made and given, or there is a reason why not."""
        return bool(self.why_not) or (self.made_at is not None and self.is_given)


@dataclass(frozen=True, slots=True)
class Ends:
    """What a closing rests on, as the course stands on the day."""

    opened_on: date
    is_closed: bool
    words_at: datetime | None
    """When it was written last what remains; None where nothing was written about the whole."""
    without_words: Sequence[str]
    """Open things about which nothing is written."""
    reviewed_on: date | None
    reviewed_at: datetime | None
    is_review_whole: bool
    copies: Sequence[CopyState]


def ready_to_close(ends: Ends, *, closed_on: date, today: date, has_retention: bool) -> Decision:
    """Everything is looked at, the family has its copy, and the day can be."""
    if ends.is_closed:
        return no(_("The course is closed already."))
    if closed_on > today:
        return no(_("A course cannot be closed in the future."))
    if closed_on < ends.opened_on:
        return no(_("A course cannot end before it was opened."))
    for decision in (words_stand(ends), consents_stand(ends, today), copies_stand(ends)):
        if not decision:
            return decision
    return YES if has_retention else no(_("Choose how long what was written is kept."))


def words_stand(ends: Ends) -> Decision:
    """Is it said what remains?"""
    if ends.words_at is None:
        return no(_("Write first what happens now, and whom the family can turn to."))
    if ends.without_words:
        return no(_("Write what happens with: %(things)s"), things=", ".join(ends.without_words))
    return YES


def consents_stand(ends: Ends, today: date) -> Decision:
    """Were the consents looked at, all of them, and lately?"""
    if ends.reviewed_on is None:
        return no(_("Look at the consents first."))
    if not ends.is_review_whole:
        return no(_("There is a consent that was not there when you looked. Look at them again."))
    if today - ends.reviewed_on > REVIEW_HOLDS:
        return no(_("It is more than 30 days since the consents were looked at. Look at them again."))
    return YES


def copies_stand(ends: Ends) -> Decision:
    """Has each reader a copy of what holds now, or is there a reason why not?"""
    if not ends.copies:
        return no(
            _("Nobody in the course can get a copy. Write down who takes part, and when they were born.")
        )
    if missing := [copy.name for copy in ends.copies if not copy.is_settled]:
        return no(_("The family's copy is not given yet: %(names)s"), names=", ".join(missing))
    newest = max((at for at in (ends.words_at, ends.reviewed_at) if at), default=None)
    old = [copy.name for copy in ends.copies if newest and copy.made_at and copy.made_at < newest]
    if old:
        return no(
            _("Something was written after the copy was made. Make it again: %(names)s"), names=", ".join(old)
        )
    return YES
