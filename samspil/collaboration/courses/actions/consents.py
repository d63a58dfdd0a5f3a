"""What was answered about sharing is a fact of the course, too: both are written in one transaction."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction

from samspil.collaboration.courses import due, queries
from samspil.collaboration.courses.actions.facts import withdraw_fact, write_fact_and_due
from samspil.collaboration.courses.actions.team import SAID, note_disclosures
from samspil.collaboration.courses.models import Fact
from samspil.collaboration.courses.rules import Frame
from samspil.collaboration.sharing import actions as sharing
from samspil.collaboration.sharing import queries as bases_of
from samspil.collaboration.sharing.models import Answer, Basis, Ending, Way
from samspil.collaboration.sharing.rules import Consent, Scope, Statute
from samspil.foundation.access import actions as access
from samspil.foundation.access import sight
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.permissions import Permission


@transaction.atomic
def register_consent(*, actor: Actor, space: UUID, consent: Consent, today: date) -> list[Basis]:
    """As `sharing.actions.register_consent`; in a course the answer is a fact of the day it was given.

    A no to what was a yes until now is noted as taken back, too. Topics are not named in a fact, and the
    receiver only where name or everyday life is among them: who may not see a topic does not learn of it.
    """
    access.lock_space(actor=actor, space=space)
    rows = sharing.register_consent(actor=actor, space=space, consent=consent, today=today)
    frame = _course(actor, space, consent.scope)
    if frame is None:
        return rows
    about = _about(consent.scope.subject, rows)
    if consent.answer == Answer.NO:
        _note(actor, frame, "consent.refused", consent.said_on, about, today)
        if any(row.supersedes is not None and _opened(row.supersedes, today) for row in rows):
            _note(actor, frame, "consent.withdrawn", consent.said_on, about, today)
        return rows
    for ends in sorted({row.ends for row in rows}):
        some = [row for row in rows if row.ends == ends]
        values = {**_about(consent.scope.subject, some), "expires_on": ends.isoformat()}
        _note(actor, frame, "consent.given", consent.said_on, values, today)
    if consent.answer == Answer.YES:
        _disclosed(actor, frame, consent.scope, today)
    return rows


@transaction.atomic
def register_statute(*, actor: Actor, space: UUID, statute: Statute, today: date) -> list[Basis]:
    """As `sharing.actions.register_statute`; in a course what now is shared is noted as a fact."""
    access.lock_space(actor=actor, space=space)
    rows = sharing.register_statute(actor=actor, space=space, statute=statute, today=today)
    frame = _course(actor, space, statute.scope)
    if frame is not None:
        _disclosed(actor, frame, statute.scope, today)
    return rows


@transaction.atomic
def end_basis(*, actor: Actor, basis: Basis, ending: Ending, reason: str, on: date, today: date) -> Basis:
    """As `sharing.actions.end_basis`; in a course a yes that was taken back is noted as a fact.

    It is, when the last topic of it ends: until then something of the yes still stands. What was registered
    by mistake is noted by mistake, too, when nothing of it is left.
    """
    space = basis.item.space_id
    if space is not None:
        access.lock_space(actor=actor, space=space)
    ended = sharing.end_basis(actor=actor, basis=basis, ending=ending, reason=reason, on=on, today=today)
    frame = _course(actor, space, None) if space is not None else None
    if frame is None or basis.way == Way.STATUTE or str(basis.subject_id) not in _people(frame):
        return ended
    if ending == Ending.MISTAKE:
        _noted_by_mistake(actor, frame, ended, reason, today)
    elif ending == Ending.WITHDRAWN and not _stands(actor, frame.space, ended, today):
        _note(actor, frame, "consent.withdrawn", today, _about(ended.subject_id, [ended]), today)
    return ended


def _course(actor: Actor, space: UUID, scope: Scope | None) -> Frame | None:
    """The course in a space, where the actor may note and the person is one of its people."""
    if not actor.holds(Permission.FACT_NOTE):
        return None
    frame = due.frame_of(space)
    if frame is None or (scope is not None and str(scope.subject) not in _people(frame)):
        return None
    return frame


def _people(frame: Frame) -> set[str]:
    return {person.id for person in frame.people}


def _about(subject: UUID, rows: Iterable[Basis]) -> dict[str, object]:
    rows = list(rows)
    values: dict[str, object] = {
        "person": str(subject),
        "purpose": rows[0].purpose,
        "consent": str(rows[0].agreement),
    }
    if any(row.category & SAID for row in rows):
        values["receiver"] = str(rows[0].receiver_unit_id or rows[0].receiver_authority_id)
    return values


def _note(actor: Actor, frame: Frame, kind: str, on: date, values: dict[str, object], today: date) -> None:
    write_fact_and_due(actor, frame, kind, on, values, today=today)


def _disclosed(actor: Actor, frame: Frame, scope: Scope, today: date) -> None:
    """What was opened reaches the receiver at once, where somebody of the receiver takes part."""
    found = queries.standing(actor, frame.space, today)
    units = {queries.sharing_unit(one.unit) for one in found.parts}
    authorities = {one.unit.authority_id for one in found.parts}
    if scope.receiver.id in units | authorities:
        about = [one for one in found.bases(today) if one.subject == scope.subject]
        note_disclosures(actor, frame, about, {scope.receiver.id}, today=today)


def _opened(basis: Basis, today: date) -> bool:
    """Was this a yes that stood until now?"""
    stands = basis.state == Basis.State.GIVEN and basis.ends > today
    return basis.answer == Answer.YES and basis.way != Way.STATUTE and stands


def _stands(actor: Actor, space: UUID, ended: Basis, today: date) -> bool:
    """Does another yes of this person to this receiver, for the same purpose, still stand?"""
    return any(
        _opened(one, today)
        and one.unit_id == ended.unit_id
        and one.purpose == ended.purpose
        and (one.receiver_unit_id, one.receiver_authority_id)
        == (ended.receiver_unit_id, ended.receiver_authority_id)
        for one in bases_of.bases(actor, space, ended.subject_id)
    )


def _noted_by_mistake(actor: Actor, frame: Frame, ended: Basis, reason: str, today: date) -> None:
    left = [
        one
        for one in bases_of.bases(actor, frame.space, ended.subject_id)
        if one.agreement == ended.agreement and one.state == Basis.State.GIVEN
    ]
    if left:
        return
    kinds = ("consent.given", "consent.refused")
    rows = sight.visible(Fact.objects.filter(space=frame.space, kind__in=kinds, corrected_by=None))
    for fact in rows.filter(item__owner_unit=actor.unit_id).order_by("pk"):
        if fact.attributes.get("consent") == str(ended.agreement):
            withdraw_fact(actor=actor, fact=fact, reason=reason, today=today)
