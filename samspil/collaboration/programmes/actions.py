"""Loading the collaboration models, taking them up for an authority, and publishing them for their owner.

Loading needs the owner of the tables. Adoptions and publications are written by functions of the wall, which
ask who is asking; what stands here gives the same answer first, with a reason that a person can read.
"""

import json
from datetime import date
from pathlib import Path
from uuid import UUID

from django.db import DatabaseError, IntegrityError, connection, connections, transaction
from django.utils.translation import gettext as _

from samspil.collaboration.programmes import loading, offers, queries
from samspil.collaboration.programmes.language import Programme, Variant
from samspil.collaboration.programmes.language.variant import VariantError, effective
from samspil.collaboration.programmes.models import Adoption, ProgrammeVersion, Publication
from samspil.collaboration.programmes.rules import adopting, publishing
from samspil.foundation.audit import log
from samspil.foundation.desk.versions import check_version
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.definitions import DefinitionError
from samspil.foundation.kernel.gate import require
from samspil.foundation.kernel.permissions import Permission


def load_programmes(*, root: Path = loading.ROOT, using: str = "owner") -> list[ProgrammeVersion]:
    """Store every version under `definitions/` that is not stored yet. A system action, run at every start.

    A version that changed after it was loaded is refused with DefinitionError: a change is a new version. One
    exception: a draft, which its owner has not approved and under which no course runs, is replaced.
    """
    with transaction.atomic(using=using):
        return [_stored(programme, using) for programme in loading.library(root).programmes]


def _stored(programme: Programme, using: str) -> ProgrammeVersion:
    rows = ProgrammeVersion.objects.using(using)
    known = rows.filter(base=None, key=programme.key, version=programme.version).first()
    if known is not None:
        if known.content_hash == programme.content_hash:
            return known
        _make_room(programme, known, using)
    return rows.create(
        key=programme.key,
        version=programme.version,
        content_hash=programme.content_hash,
        definition=queries.written(programme),
        loaded_at=clock.now(),
    )


def _make_room(programme: Programme, known: ProgrammeVersion, using: str) -> None:
    """Take an unused draft away. Whether it is used, the database knows: courses stand floors above."""
    why = "is approved"
    if programme.owner.approved is None and queries.read(known.definition).owner.approved is None:
        try:
            with transaction.atomic(using=using), connections[using].cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("DELETE FROM programmes_programmeversion WHERE id = %s", [known.pk])
                return
        except DatabaseError:
            why = "is published or in use"
    raise DefinitionError(
        f"{programme.key} {programme.version} {why} and has changed since it was loaded. "
        "A version never changes: give the change a version of its own."
    )


@transaction.atomic
def adopt_model(
    *,
    actor: Actor,
    version: UUID,
    variant: Variant,
    starts: date,
    today: date,
    initiative: str = "",
    reason: str = "",
    seen: str | None = None,
) -> Adoption:
    """Take a version up for the actor's authority, as it stands or with what the variant changes.

    Courses that the authority opens from `starts` on run under it; those that run already stay as they are.
    Each call adds a version of the adoption; what stood before is not changed. `seen` is the token of the
    newest one that the writer saw ("": none). Raises NotAllowed, and Refused where the version does not allow
    the variant, the initiative does not allow the choice, or a colleague has changed it meanwhile (Conflict).
    """
    require(actor, Permission.MODEL_ADOPT, actor.authority_id)
    base = _written_version(version)
    _alone(actor)
    newest = _newest(actor, base.programme.key)
    if newest and seen is not None:
        check_version(newest, seen=seen, theirs=queries.written_adoption(newest))
    adopting.ready_to_adopt(
        base.programme, variant, starts=starts, today=today, last_start=newest.starts if newest else None
    ).or_refuse()
    _within_offer(actor, base.programme, initiative, reason)
    programme = _effective(base.programme, variant)
    return _write(actor, version, programme, variant, initiative, reason, starts)


@transaction.atomic
def stop_using(*, actor: Actor, key: str, reason: str, starts: date, today: date) -> Adoption:
    """Use a model no more: courses opened from `starts` on run under the owner's own version.

    Raises NotAllowed, and Refused where the authority does not use it or does not say why.
    """
    require(actor, Permission.MODEL_ADOPT, actor.authority_id)
    newest = _newest(actor, key)
    in_use = next((one for one in queries.held(actor.authority_id) if one.key == key), None)
    adopting.ready_to_stop(in_use, reason).or_refuse()
    assert newest is not None  # noqa: S101  it is in use
    programme, variant = queries.stored(newest.base_id).programme, queries.variant_of(newest)
    adopting.ready_to_adopt(
        programme, variant, starts=starts, today=today, last_start=newest.starts
    ).or_refuse()
    return _write(
        actor,
        newest.base_id,
        _effective(programme, variant),
        variant,
        newest.initiative,
        reason,
        starts,
        is_end=True,
    )


@transaction.atomic
def publish_version(*, actor: Actor, version: UUID, words: str) -> Publication:
    """Publish a version for its owner: from now on it is no draft, and its definition stands for ever.

    Raises NotAllowed, and Refused where it is published already or does not say what is new.
    """
    found = _written_version(version)
    require(actor, Permission.MODEL_PUBLISH, found.programme)
    known = queries.publications().get((found.programme.key, found.programme.version))
    before = found.programme.supersedes
    publishing.ready_to_publish(
        found.programme,
        known.on if known else None,
        found.content_hash,
        before_has=before is not None and queries.version_of(found.programme.key, before) is not None,
    ).or_refuse()
    try:
        with transaction.atomic():
            made = _wall("publish_version", version, words.strip())
    except IntegrityError as error:
        raise Refused(_("Somebody else has just published this version.")) from error
    log.record(actor=actor, act="model.published", reason=str(version))
    queries.forget()
    return Publication.objects.get(pk=made)


def _written_version(version: UUID) -> queries.Stored:
    """A version as its owner wrote it."""
    try:
        found = queries.stored(version)
    except ProgrammeVersion.DoesNotExist as error:
        raise Refused(_("There is no such model.")) from error
    if found.base is not None:
        raise Refused(_("Choose the version of the model's owner, not a variant of it."))
    return found


def _alone(actor: Actor) -> None:
    """One writer of an authority's adoptions at a time, from what is read to what is written."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended('programmes_adoption' || %s, 0))",
            [str(actor.authority_id)],
        )


def _newest(actor: Actor, key: str) -> Adoption | None:
    return next((row for row in queries.newest_adoptions(actor.authority_id) if row.key == key), None)


def _within_offer(actor: Actor, programme: Programme, initiative: str, reason: str) -> None:
    if not initiative:
        return
    offered = [one for one in offers.offers() if one.initiative == initiative]
    fitting = [one for one in offered if (programme.key, programme.version) in one.models]
    offer = next(iter((*fitting, *offered)), None)
    if offer is None:
        raise Refused(_("There is no such initiative. Choose another one, or none."))
    adopting.within_its_offer(programme, offer, reason, queries.held(actor.authority_id)).or_refuse()


def _effective(programme: Programme, variant: Variant) -> Programme:
    """The programme as the authority runs it. What the rules let through and still cannot be is refused."""
    try:
        found = effective(programme, variant)
    except VariantError as error:
        raise Refused(_("The model cannot be run like this: %(why)s") % {"why": error}) from error
    if why := loading.disorder(found, loading.library()):
        raise Refused(_("The model cannot be run like this: %(why)s") % {"why": why})
    return found


def _write(
    actor: Actor,
    version: UUID,
    programme: Programme,
    variant: Variant,
    initiative: str,
    reason: str,
    starts: date,
    *,
    is_end: bool = False,
) -> Adoption:
    made = _wall(
        "adopt_model",
        version,
        programme.content_hash,
        json.dumps(queries.written(programme)),
        json.dumps(variant.model_dump(mode="json")),
        initiative,
        reason.strip(),
        starts,
        is_end,
    )
    log.record(actor=actor, act="model.stopped" if is_end else "model.adopted", reason=str(made))
    return Adoption.objects.select_related("authority").get(pk=made)


def _wall(function: str, *values: UUID | date | str | bool) -> UUID:
    """Call a function of the wall that writes for the one who asks; answers the id it made."""
    places = ", ".join(["%s"] * len(values))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT wall.{function}({places})", values)
        [[made]] = cursor.fetchall()
    return UUID(str(made))
