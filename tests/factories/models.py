"""Who adopts and who owns models, and adoptions through the actions."""

from typing import Any
from uuid import UUID

from samspil.collaboration.programmes import actions, queries
from samspil.collaboration.programmes.language import Step, Text, Variant
from samspil.collaboration.programmes.language.variant import Added, LeftOut, Part
from samspil.collaboration.programmes.models import Adoption
from samspil.foundation.kernel import clock
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.roles import RoleKey
from samspil.foundation.organisations.models import Authority
from tests.factories.access import acting, an_actor
from tests.factories.organisations import a_unit, an_authority
from tests.factories.owner import as_owner

OWNER = "Social- og Boligstyrelsen"
TODAY = clock.today()


def an_adviser(owner: str = OWNER) -> Actor:
    """The implementation adviser of the agency that owns the models."""
    with as_owner():
        known = Authority.objects.filter(name=owner).first()
        unit = a_unit(known or an_authority(Authority.Kind.AGENCY, name=owner))
    return an_actor(RoleKey.IMPLEMENTATION_ADVISER, unit=unit)


def an_administrator() -> Actor:
    """The administrator of a municipality."""
    return an_actor(RoleKey.ADMINISTRATOR)


def colleague_of(actor: Actor, role: RoleKey) -> Actor:
    """Somebody else of the same authority."""
    with as_owner():
        unit = a_unit(Authority.objects.get(pk=actor.authority_id))
    return an_actor(role, unit=unit)


def left_out(part: Part, key: str, reason: str = "Vi har det i forvejen.") -> LeftOut:
    """One part left out, with a reason."""
    return LeftOut(part=part, key=key, reason=Text(da=reason or " ", en=reason or " "))


def own_step(version: UUID, key: str = "own-skolebesoeg", title: str = "Besøg på skolen") -> Added:
    """A step of one's own in the first phase, shown by a contact."""
    programme = queries.stored(version).programme
    step = Step.model_validate(
        {
            "key": key,
            "title": Text(da=title, en=title),
            "summary": Text(da=title, en=title),
            "responsible": programme.roles[0].key,
            "due": {"after": "course.opened", "within": "P14D", "provenance": "own"},
            "evidence": {"fact": "contact.made", "where": {"kind": key}},
            "provenance": "own",
        },
        strict=False,
    )
    return Added(phase=programme.phases[0].key, step=step)


def a_variant(version: UUID, **more: Any) -> Variant:
    """What an authority changes in a stored version; nothing where nothing is said."""
    programme = queries.stored(version).programme
    return Variant(programme=programme.key, version=programme.version, authority="", **more)


def adopted(actor: Actor, version: UUID, **more: Any) -> Adoption:
    """The version taken up by the actor's authority, from today where nothing else is said."""
    given: dict[str, Any] = {"variant": a_variant(version), "starts": TODAY, "today": TODAY, **more}
    with acting(actor):
        return actions.adopt_model(actor=actor, version=version, **given)
