"""What a child says is written down for whoever heard it, and shown to the others when the child says yes."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from samspil.collaboration.courses.actions import note_fact
from samspil.collaboration.journal import queries, rules
from samspil.collaboration.journal.actions.putting_away import put_away
from samspil.collaboration.journal.actions.signing import post_of, sign
from samspil.collaboration.journal.models import ChildView, Heard, ShowAnswer
from samspil.foundation.access import actions as access
from samspil.foundation.desk.versions import Conflict, version_of
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.gate import NotAllowed, require
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.sharing import Category


@transaction.atomic
def record_child_view(
    *,
    actor: Actor,
    space: UUID,
    person: UUID,
    words: str,
    how: Heard,
    own_words: bool,
    on: date,
    today: date,
    category: Category = Category.EVERYDAY,
    mentions: Collection[UUID] = (),
    meeting: UUID | None = None,
    answer: ShowAnswer = ShowAnswer.NOT_ASKED,
    asked_on: date | None = None,
) -> ChildView:
    """Write down what a child or young person has said. The others learn that it was heard, not what.

    `mentions` are others whom the words are about, too: their yes is needed as well. Where the child has
    answered yes already, the words are shown at once. Raises NotAllowed where the actor does not take part,
    Refused where it is about nobody of the course, says nothing, or cannot have been so.
    """
    access.lock_space(actor=actor, space=space)
    require(actor, Permission.NOTE_WRITE, space)
    rules.written(words, most=rules.MOST_WORDS).or_refuse()
    rules.on_a_day(on, today=today).or_refuse()
    subjects = {person, *mentions}
    rules.about_people(subjects, [one.subject for one in queries.people_of(actor, space)]).or_refuse()
    item = access.new_item(
        actor=actor, kind="child-view", category=category, subjects=subjects, space=space, released=False
    )
    view = ChildView.objects.create(
        item_id=item,
        space_id=space,
        person_id=person,
        by_id=post_of(actor),
        on=on,
        how=how,
        words=words.strip(),
        own_words=own_words,
        meeting=meeting,
    )
    attributes: dict[str, object] = {"person": str(person), "source": str(how), "own_words": own_words}
    if meeting is not None:
        attributes["meeting"] = str(meeting)
    note_fact(actor=actor, space=space, kind="child_view.recorded", on=on, today=today, attributes=attributes)
    if answer != ShowAnswer.NOT_ASKED:
        show_child_view(actor=actor, view=view, answer=answer, asked_on=asked_on or on, today=today)
    return view


@transaction.atomic
def show_child_view(
    *, actor: Actor, view: ChildView, answer: ShowAnswer, asked_on: date, today: date
) -> ChildView:
    """Write down what the child answered when asked; on a yes, those who take part see the words.

    Raises NotAllowed for others than who heard the child, Refused where the others see it already or the day
    cannot be.
    """
    access.lock_space(actor=actor, space=view.space_id)
    require(actor, Permission.NOTE_WRITE, view.space_id)
    now = queries.visible_child_views(actor).filter(pk=view.pk).first()
    if now is None or now.item.author_id != actor.account_id:
        raise NotAllowed(_("Only who heard the child may show it."))
    view, is_shown = now, now.item.released_at is not None
    rules.may_be_shown(answer, view.on, asked_on, is_shown=is_shown, today=today).or_refuse()
    view.answer, view.asked_on = answer, asked_on
    view.save(update_fields=["answer", "asked_on"])
    if answer == ShowAnswer.YES:
        access.release(actor=actor, item=view.pk)
    act = "child_view.shown" if answer == ShowAnswer.YES else "child_view.kept"
    sign(actor, act, view.space_id, view.item.subjects, Category(view.item.category))
    return view


@transaction.atomic
def correct_child_view(
    *, actor: Actor, view: ChildView, words: str, own_words: bool, reason: str, seen: str = ""
) -> ChildView:
    """Put what the child really said in the place of what was written; the first one stays with its author.

    Words that the others could see are taken back from them at once. The child is asked anew about the new
    ones. Raises NotAllowed for others than who heard the child, Refused without a reason or a difference,
    Conflict where it is corrected already.
    """
    access.lock_space(actor=actor, space=view.space_id)
    require(actor, Permission.NOTE_WRITE, view.space_id)
    now = queries.visible_child_views(actor).filter(pk=view.pk).first()
    if now is None or now.item.author_id != actor.account_id:
        raise NotAllowed(_("Only who heard the child may correct it."))
    newest = queries.newest_child_view(actor, now)
    if newest.pk != now.pk or (seen and seen != version_of(newest)):
        raise Conflict({"words": newest.words}, version_of(newest))
    rules.written(words, most=rules.MOST_WORDS).or_refuse()
    is_other = own_words != now.own_words
    rules.ready_to_correct(now.words, words, reason, is_moved=is_other).or_refuse()
    category, subjects = Category(now.item.category), now.item.subjects
    item = access.new_item(
        actor=actor,
        kind="child-view",
        category=category,
        subjects=subjects,
        space=now.space_id,
        released=False,
    )
    corrected = ChildView.objects.create(
        item_id=item,
        space_id=now.space_id,
        person_id=now.person_id,
        by_id=post_of(actor),
        on=now.on,
        how=now.how,
        words=words.strip(),
        own_words=own_words,
        meeting=now.meeting,
        supersedes=now,
        reason=reason.strip(),
    )
    put_away(now.pk)
    sign(actor, "child_view.corrected", now.space_id, subjects, category, reason)
    return corrected
