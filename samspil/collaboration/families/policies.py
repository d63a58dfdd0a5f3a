"""Who may do what with the record of a person. The role is checked by the gate; here stands the relation."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from samspil.collaboration.families.models import PersonRecord, Tie, Whereabouts
from samspil.foundation.access import sight
from samspil.foundation.access.models import Item
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import YES, Decision, no
from samspil.foundation.kernel.gate import policy
from samspil.foundation.kernel.permissions import Permission


@policy(Permission.PERSON_CREATE)
def may_create(actor: Actor, unit_id: UUID) -> Decision:
    """A person is written down for the unit that the actor acts for, and for no other."""
    if actor.unit_id is not None and actor.unit_id == unit_id:
        return YES
    return no(_("You write people down for your own unit."))


@policy(Permission.PERSON_VIEW)
def may_view(actor: Actor, thing: PersonRecord | Whereabouts | Tie) -> Decision:
    """Whoever the wall shows a record may open its pages."""
    return sight.why(actor, thing)


@policy(Permission.PERSON_CORRECT)
def may_correct(actor: Actor, thing: PersonRecord | Whereabouts | Tie) -> Decision:
    """Whoever sees a record that the own unit keeps may correct it, and note ties and whereabouts."""
    item = sight.visible(Item.objects.filter(pk=thing.pk)).first()
    if item is None:
        return no(_("You do not see this record."))
    if item.owner_unit_id != actor.unit_id:
        return no(_("Another unit keeps this record."))
    return YES
