"""Questions about one's own desk."""

import json
from dataclasses import dataclass
from datetime import datetime

from samspil.foundation.desk import rules, sealing
from samspil.foundation.desk.models import Draft
from samspil.foundation.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Written:
    """A draft as its author left it."""

    form: str
    thing: str
    text: rules.Fields
    version: str
    page: str
    saved_at: datetime


def own_draft(actor: Actor, form: str, thing: str = "") -> Written | None:
    """The actor's draft of a form about a thing. One query."""
    draft = Draft.objects.filter(account_id=actor.account_id, form=form, thing=thing).first()
    return _opened(actor, draft) if draft else None


def own_drafts(actor: Actor) -> list[Written]:
    """All of the actor's drafts, newest first. One query."""
    drafts = Draft.objects.filter(account_id=actor.account_id).order_by("-saved_at", "-pk")
    return [written for draft in drafts if (written := _opened(actor, draft))]


def _opened(actor: Actor, draft: Draft) -> Written | None:
    """The text, or None where it cannot be read any more (the application's key is gone)."""
    try:
        packed = sealing.opened(bytes(draft.sealed), place_of(actor, draft.form, draft.thing))
    except sealing.Unreadable:
        return None
    content = json.loads(packed)
    return Written(
        form=draft.form,
        thing=draft.thing,
        text=content["text"],
        version=content["version"],
        page=content["page"],
        saved_at=draft.saved_at,
    )


def place_of(actor: Actor, form: str, thing: str) -> str:
    """Where a draft is sealed for: moved to another account, form or thing it does not open."""
    return f"draft:{actor.account_id}:{form}:{thing}"
