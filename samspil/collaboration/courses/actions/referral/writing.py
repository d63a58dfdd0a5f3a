"""What a draft says: words, answers about the target group, and whom to call."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from samspil.collaboration.courses.actions.referral.draft import new_item, own_draft, touch
from samspil.collaboration.courses.models import EligibilityAnswer, ReferralPart
from samspil.collaboration.courses.queries.referral import Sheet
from samspil.collaboration.courses.rules import referral as rules
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.sharing import Category


@dataclass(frozen=True, slots=True)
class Words:
    """A text of a referral: what kind, about whom, and of which topic."""

    kind: ReferralPart.Kind
    text: str
    subjects: frozenset[UUID]
    category: Category = Category.EVERYDAY
    said_by: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """An answer to one criterion, with the days of a treatment where it asks for them."""

    criterion: str
    answer: EligibilityAnswer.Answer
    is_ongoing: bool = False
    ended_from: date | None = None
    ended_to: date | None = None


@transaction.atomic
def write_words(*, actor: Actor, space: UUID, words: Words, instead_of: UUID | None = None) -> None:
    """Write, change or (with an empty text) take out words of a draft. Raises NotAllowed and Refused."""
    sheet = own_draft(actor, space)
    before = next((part for part in sheet.parts if part.pk == instead_of), None) if instead_of else None
    if instead_of and before is None:
        raise Refused(_("Somebody has changed this in the meantime. Load the page again."))
    if before is None and not words.text.strip():
        return
    if before is not None and _is_same(before, words):
        return
    add_words(actor, sheet, words, before)
    touch(sheet.referral)


@transaction.atomic
def check_target(*, actor: Actor, space: UUID, answers: Sequence[Checked], reason: str, today: date) -> None:
    """Answer the criteria of the target group; the `reason` is why one refers although it is not clear.

    Of a treatment, only whether it goes on and until when is kept. Raises NotAllowed and Refused.
    """
    sheet = own_draft(actor, space)
    nodes = {str(node.key): node for node in sheet.programme.target_group.criteria.criteria()}
    people = sheet.family()
    for one in answers:
        node = nodes.get(one.criterion)
        if node is None:
            raise Refused(_("The model has no such criterion."))
        rules.ready_answer(
            one.answer, ongoing=one.is_ongoing, first=one.ended_from, last=one.ended_to, today=today
        ).or_refuse()
        _write_check(actor, sheet, one, rules.category_of(node), rules.about(node, people))
    before = next((part for part in sheet.standing if part.kind == ReferralPart.Kind.DESPITE), None)
    if reason.strip() or before is not None:
        whom = frozenset(person.subject for person in people if person.is_in_focus)
        words = Words(ReferralPart.Kind.DESPITE, reason, whom, Category.SOCIAL)
        if before is None or not _is_same(before, words):
            add_words(actor, sheet, words, before)
    touch(sheet.referral)


@transaction.atomic
def say_whom_to_call(*, actor: Actor, space: UUID, name: str, phone: str, when: str) -> None:
    """Whom the receiver may call about it. Raises NotAllowed and Refused."""
    sheet = own_draft(actor, space)
    sheet.referral.call_name, sheet.referral.call_phone = name.strip(), phone.strip()
    sheet.referral.call_when = when.strip()
    sheet.referral.save(update_fields=["call_name", "call_phone", "call_when"])
    touch(sheet.referral)


def _is_same(before: ReferralPart, words: Words) -> bool:
    return (
        before.text == words.text.strip()
        and before.said_by == words.said_by.strip()
        and (not words.text.strip() or set(before.item.subjects) == words.subjects)
        and (not words.text.strip() or before.item.category == int(words.category))
    )


def add_words(actor: Actor, sheet: Sheet, words: Words, before: ReferralPart | None) -> UUID:
    included = [person.subject_id for person in sheet.included]
    text = words.text.strip()
    rules.ready_part(text, words.subjects, included, count=len(sheet.standing) + 1).or_refuse()
    if text:
        category, subjects = words.category, list(words.subjects)
    else:
        assert before is not None  # noqa: S101  nothing is taken out of nothing
        category, subjects = Category(before.item.category), list(before.item.subjects)
    item = new_item(actor, "referral-part", category, subjects, sheet.space)
    ReferralPart.objects.create(
        item_id=item,
        space_id=sheet.space,
        kind=words.kind,
        text=text,
        said_by=words.said_by.strip(),
        written_at=clock.now(),
        supersedes=before,
    )
    return item


def _write_check(
    actor: Actor, sheet: Sheet, one: Checked, category: Category, subjects: Collection[UUID]
) -> None:
    before = sheet.checks.get(one.criterion)
    new = (one.answer, one.is_ongoing, one.ended_from, one.ended_to, set(subjects))
    if before is None and one.answer == EligibilityAnswer.Answer.UNKNOWN and not one.ended_from:
        return
    if before is not None:
        old = (
            before.answer,
            before.is_ongoing,
            before.ended_from,
            before.ended_to,
            set(before.item.subjects),
        )
        if old == new:
            return
    if not subjects:
        raise Refused(_("Say first who is part of the family."))
    item = new_item(actor, "eligibility-answer", category, subjects, sheet.space)
    EligibilityAnswer.objects.create(
        item_id=item,
        space_id=sheet.space,
        criterion=one.criterion,
        answer=one.answer,
        is_ongoing=one.is_ongoing,
        ended_from=one.ended_from,
        ended_to=one.ended_to,
        supersedes=before,
    )
