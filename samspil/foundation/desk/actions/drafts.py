"""Text not yet sent is kept for its author, and for nobody else."""

import json
from datetime import datetime

from django.db import transaction

from samspil.foundation.desk import rules, sealing
from samspil.foundation.desk.actions.submissions import lock_key
from samspil.foundation.desk.models import Draft, Submission
from samspil.foundation.desk.queries import place_of
from samspil.foundation.kernel.actor import Actor


@transaction.atomic
def keep_draft(
    *,
    actor: Actor,
    form: str,
    thing: str,
    text: rules.Fields,
    version: str,
    page: str,
    now: datetime,
    unless_sent: str = "",
) -> bool:
    """Keep what an account has written in a form about a thing; the text before it is replaced.

    Nothing is kept where the form with the key `unless_sent` has been sent: a late autosave must not bring
    back what is done. Raises Refused where the text is too long; the draft before it then stays.
    """
    sealed = sealing.seal(_packed(text, version, page), place_of(actor, form, thing))
    rules.fits(sealed, rules.MOST_DRAFT_BYTES).or_refuse()
    if unless_sent:
        lock_key(actor=actor, key=unless_sent)
        if Submission.objects.filter(account_id=actor.account_id, key=unless_sent).exists():
            return False
    Draft.objects.bulk_create(
        [Draft(account_id=actor.account_id, form=form, thing=thing, sealed=sealed, saved_at=now)],
        update_conflicts=True,
        unique_fields=["account", "form", "thing"],
        update_fields=["sealed", "saved_at"],
    )
    return True


@transaction.atomic
def discard_draft(*, actor: Actor, form: str, thing: str) -> None:
    """Throw one's own draft away; nothing happens where there is none."""
    Draft.objects.filter(account_id=actor.account_id, form=form, thing=thing).delete()


def _packed(text: rules.Fields, version: str, page: str) -> bytes:
    return json.dumps({"text": text, "version": version, "page": page}).encode()
