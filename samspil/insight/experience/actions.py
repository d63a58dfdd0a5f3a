"""An experience is written down: the answer, without whoever gave it."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from samspil.collaboration.programmes import loading
from samspil.foundation.audit import log
from samspil.foundation.kernel.actor import Actor
from samspil.foundation.kernel.decisions import Refused
from samspil.foundation.kernel.definitions import DefinitionError
from samspil.foundation.kernel.gate import require
from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.organisations.queries import own_authority
from samspil.insight.experience import rules
from samspil.insight.experience.models import Experience


@transaction.atomic
def tell_experience(
    *, actor: Actor, key: str, version: str, step: str, answer: str, text: str, today: date
) -> Experience:
    """Say whether a step works. The log knows that somebody answered, not what; the row knows not who.

    Raises NotAllowed, and Refused where there is no such step or the text is about a person.
    """
    require(actor, Permission.EXPERIENCE_TELL, step)
    if not _is_step(key, version, step):
        raise Refused(str(_("This version of the model has no such step.")))
    rules.without_person(text).or_refuse()
    rules.says_something(answer, text).or_refuse()
    log.record(actor=actor, act="experience.told")
    return Experience.objects.create(
        key=key,
        version=version,
        step=step,
        answer=answer,
        text=text.strip(),
        role=actor.role_key or "",
        organisation=own_authority(actor).kind,
        told_on=today,
    )


def _is_step(key: str, version: str, step: str) -> bool:
    try:
        return any(one.key == step for one in loading.library().programme(key, version).steps)
    except DefinitionError:
        return False
