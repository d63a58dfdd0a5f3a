"""Questions about versions, variants and publications of models. They hold nothing about anybody."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from samspil.collaboration.programmes import loading
from samspil.collaboration.programmes.engine.plan import Rule
from samspil.collaboration.programmes.language import Programme, Text, Variant
from samspil.collaboration.programmes.language.variant import Difference, differences, missing_core
from samspil.collaboration.programmes.loading import library
from samspil.collaboration.programmes.models import Adoption, ProgrammeVersion, Publication
from samspil.collaboration.programmes.rules.adopting import Held
from samspil.foundation.access import wall
from samspil.foundation.access.kept import kept
from samspil.foundation.kernel.definitions import DefinitionError
from samspil.foundation.organisations.models import Authority

PUBLISHED = "programmes.published"
"""How many versions are published, read as every transaction begins: they are never taken back."""
HOW_MANY_ARE_PUBLISHED = "SELECT count(*) FROM programmes_publication"


@dataclass(frozen=True, slots=True)
class Version:
    """One stored version: its key in the database and what it says."""

    pk: UUID
    programme: Programme


@dataclass(frozen=True, slots=True)
class Stored:
    """One row as it was read: what it says word for word, and whose variant of which version it is."""

    programme: Programme
    content_hash: str
    base: UUID | None
    authority: UUID | None
    published_on: date | None


@dataclass(frozen=True, slots=True)
class LocalVersion:
    """A version as one authority runs it, beside the version its owner wrote."""

    pk: UUID
    base: UUID
    authority: UUID
    authority_name: str
    written: Programme
    programme: Programme
    variant: Variant

    @property
    def differences(self) -> tuple[Difference, ...]:
        """What the authority does differently, in words."""
        return differences(self.written, self.variant)

    @property
    def missing_core(self) -> tuple[str, ...]:
        """The core elements that are left out."""
        return missing_core(self.written, self.variant)


@dataclass(frozen=True, slots=True)
class Published:
    """That a version was published: when, with which words, and in whose place."""

    key: str
    version: str
    on: date
    content_hash: str
    words: str
    supersedes: str


def stored(version: UUID, *, using: str = "default") -> Stored:
    """One row. Two queries the first time in a process, then none: a version never changes.

    Only that it is published comes later; then it is asked for anew once (`PUBLISHED`), in every process.
    Raises ProgrammeVersion.DoesNotExist.
    """
    return _stored(version, using, wall.ridden(PUBLISHED))


@lru_cache(maxsize=512)
def _stored(version: UUID, using: str, _number: object) -> Stored:
    row = _row(version, using)
    rows = Publication.objects.using(using).filter(version=row.base or version)
    return replace(row, published_on=rows.values_list("published_on", flat=True).first())


@lru_cache(maxsize=256)
def _row(version: UUID, using: str) -> Stored:
    row = ProgrammeVersion.objects.using(using).get(pk=version)
    return Stored(
        programme=_read_in_order(row),
        content_hash=row.content_hash,
        base=row.base_id,
        authority=row.authority_id,
        published_on=None,
    )


def _read_in_order(row: ProgrammeVersion) -> Programme:
    """The database forgets in which order options stand, and the first is the usual one: the file knows it.

    Where the version has no file any more they stand as the database gives them.
    """
    try:
        known = loading.library().programme(row.key, row.version)
    except DefinitionError:
        return read(row.definition)
    return read(in_order(row.definition, written(known)))


def in_order(found: object, known: object) -> object:
    """The same, its keys in the order of `known`. The elements of a list are paired by their `key`."""
    if isinstance(found, dict) and isinstance(known, dict):
        keys = [*(one for one in known if one in found), *(one for one in found if one not in known)]
        return {one: in_order(found[one], known.get(one)) for one in keys}
    if isinstance(found, list) and isinstance(known, list):
        named = {one["key"]: one for one in known if isinstance(one, dict) and "key" in one}
        return [in_order(one, named.get(one.get("key"))) if isinstance(one, dict) else one for one in found]
    return found


def definition(version: UUID, *, using: str = "default") -> Programme:
    """What a version says, no draft any more where its owner has published it. Queries as `stored`.

    Raises ProgrammeVersion.DoesNotExist.
    """
    return _definition(version, using, stored(version, using=using).published_on)


@lru_cache(maxsize=256)
def _definition(version: UUID, using: str, published_on: date | None) -> Programme:
    """One object for as long as a version stands as it does: what is made ready of it is kept by identity."""
    return _approved(_row(version, using).programme, published_on)


def forget() -> None:
    """Ask anew what is published: for who stands before no wall and so does not see the number move."""
    _stored.cache_clear()
    _local_version.cache_clear()


_OWNERS_OWN = "SELECT id FROM programmes_programmeversion WHERE base_id IS NULL ORDER BY key, version"


def versions() -> list[Version]:
    """Every version that a course may be opened under, as written by its owner. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_OWNERS_OWN)
        return [Version(pk, definition(pk)) for (pk,) in cursor.fetchall()]


def version_of(key: str, version: str) -> Version | None:
    """One version as its owner wrote it. One query."""
    rows = ProgrammeVersion.objects.filter(base=None, key=key, version=version)
    pk = rows.values_list("pk", flat=True).first()
    return Version(pk, definition(pk)) if pk else None


# --- variants ------------------------------------------------------------------------------------------


def version_to_run(authority: UUID | None, version: UUID, on: date) -> UUID:
    """What a course runs under that an authority opens on a day: its own variant of the version, if any.

    One query.
    """
    if authority is None or stored(version).base is not None:
        return version
    rows = Adoption.objects.filter(authority=authority, key=stored(version).programme.key, starts__lte=on)
    row = rows.order_by("-number").first()
    return version if row is None or row.is_end or row.base_id != version else row.runs_id


def in_use(authority: UUID | None, on: date) -> list[Version]:
    """What an authority has taken up and runs on a day: the version its new courses run under. One query."""
    if authority is None:
        return []
    rows = Adoption.objects.filter(authority=authority, starts__lte=on).order_by("key", "-number")
    return [Version(row.runs_id, definition(row.runs_id)) for row in rows.distinct("key") if not row.is_end]


def versions_to_run(authority: UUID | None, key: str, on: date) -> list[Version]:
    """The versions of a model as an authority runs them on a day. Two queries."""
    row = next(iter(_newest(authority, key, on)), None) if authority else None
    local = {row.base_id: row.runs_id} if row and not row.is_end else {}
    found = [local.get(one.pk, one.pk) for one in versions() if one.programme.key == key]
    return [Version(pk, definition(pk)) for pk in found]


@kept
def _newest(authority: UUID, key: str, on: date) -> "QuerySet[Adoption]":
    """The row that holds on a day, of one model and authority."""
    return Adoption.objects.filter(authority=authority, key=key, starts__lte=on).order_by("-number")[:1]


def local_version(version: UUID) -> LocalVersion | None:
    """Whose variant a stored version is; None where it is the owner's own. No query for these, else one."""
    return None if stored(version).base is None else _local_version(version, wall.ridden(PUBLISHED))


@lru_cache(maxsize=256)
def _local_version(version: UUID, _number: object) -> LocalVersion:
    row = Adoption.objects.filter(runs=version).select_related("authority").earliest("number")
    return _as_local(row)


def _as_local(row: Adoption) -> LocalVersion:
    return LocalVersion(
        pk=row.runs_id,
        base=row.base_id,
        authority=row.authority_id,
        authority_name=row.authority.name,
        written=definition(row.base_id),
        programme=definition(row.runs_id),
        variant=variant_of(row),
    )


def variant_of(row: Adoption) -> Variant:
    """What an adoption changes."""
    return Variant.model_validate_json(json.dumps(row.variant))


def written_adoption(row: Adoption) -> dict[str, object]:
    """An adoption by the fields of the form that made it: what a colleague sees who wrote meanwhile."""
    variant = variant_of(row)
    return {
        "starts": row.starts,
        "initiative": row.initiative or "none",
        "reason": row.reason,
        "leaves": [f"{out.part}:{out.key}" for out in variant.leaves_out],
        **{f"c_{key}": option for key, option in variant.choices.items()},
    }


def newest_adoptions(authority: UUID | None) -> list[Adoption]:
    """The newest row of each model an authority has taken up, also where it has stopped. One query."""
    rows = Adoption.objects.filter(authority=authority).order_by("key", "-number").distinct("key")
    return list(rows.select_related("authority"))


def history(authority: UUID, key: str) -> list[Adoption]:
    """Every version of how an authority runs a model, newest first. One query."""
    return list(Adoption.objects.filter(authority=authority, key=key).order_by("-number"))


def held(authority: UUID | None) -> list[Held]:
    """The models an authority runs or has decided to run. One query."""
    return [
        Held(row.key, one.version, one.title.said("da"), row.initiative, row.starts)
        for row in newest_adoptions(authority)
        if not row.is_end
        for one in [definition(row.base_id)]
    ]


def all_variants(base: UUID) -> list[tuple[LocalVersion, Adoption]]:
    """How every authority that has taken up a version runs it now, by the authority's name. One query."""
    key = stored(base).programme.key
    rows = Adoption.objects.filter(key=key).order_by("authority__name", "authority_id", "-number")
    newest = rows.distinct("authority__name", "authority_id").select_related("authority")
    return [(_as_local(row), row) for row in newest if row.base_id == base and not row.is_end]


# --- publications --------------------------------------------------------------------------------------


def publications() -> Mapping[tuple[str, str], Published]:
    """What was published, by key and version. One query."""
    rows = Publication.objects.select_related("version", "supersedes").defer(
        "version__definition", "supersedes__definition"
    )
    return {
        (row.version.key, row.version.version): Published(
            key=row.version.key,
            version=row.version.version,
            on=row.published_on,
            content_hash=row.content_hash,
            words=row.words,
            supersedes=row.supersedes.version if row.supersedes else "",
        )
        for row in rows
    }


def as_published(programme: Programme, published: Mapping[tuple[str, str], Published]) -> Programme:
    """A version of the definitions as it stands today: no draft any more where its owner has published it."""
    known = published.get((programme.key, programme.version))
    return _approved(programme, known.on if known else None)


def _approved(programme: Programme, on: date | None) -> Programme:
    if on is None or programme.owner.approved:
        return programme
    owner = programme.owner.model_copy(update={"approved": on.isoformat()})
    return programme.model_copy(update={"owner": owner})


def owned(authority: UUID | None) -> list[Version]:
    """The versions whose definition names this authority as the owner. Two queries."""
    name = Authority.objects.filter(id__in=[authority]).values_list("name", flat=True).first()
    return [one for one in versions() if one.programme.owner.name == name]


# --- as stored -----------------------------------------------------------------------------------------


def read(stored_definition: object) -> Programme:
    """A definition as it stands in the database, as the frozen model."""
    return Programme.model_validate_json(json.dumps(stored_definition))


def written(programme: Programme) -> dict[str, object]:
    """A definition as it is stored; `read` makes the same programme of it."""
    found: dict[str, object] = programme.model_dump(mode="json", by_alias=True)
    return found


@lru_cache(maxsize=4096)  # rules are told apart by identity, and the library never changes
def coming_instrument(rule: Rule) -> Text | None:
    """The instrument that a step asks for, where it does not exist yet."""
    planned = library().planned.instruments
    asked = (dict(match.where).get("instrument") for match in rule.matches)
    return next((planned[key] for key in asked if isinstance(key, str) and key in planned), None)
