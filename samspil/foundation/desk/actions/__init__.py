"""Everything that changes what lies on a desk."""

from samspil.foundation.desk.actions.drafts import discard_draft, keep_draft
from samspil.foundation.desk.actions.files import store_file
from samspil.foundation.desk.actions.forgetting import forget_what_is_old
from samspil.foundation.desk.actions.held import claim_held_text, hold_text
from samspil.foundation.desk.actions.outbox import Post, announce, send_outbox
from samspil.foundation.desk.actions.submissions import (
    Busy,
    KeyReused,
    claim_submission,
    release_submission,
    settle_submission,
)

__all__ = [
    "Busy",
    "KeyReused",
    "Post",
    "announce",
    "claim_held_text",
    "claim_submission",
    "discard_draft",
    "forget_what_is_old",
    "hold_text",
    "keep_draft",
    "release_submission",
    "send_outbox",
    "settle_submission",
    "store_file",
]
