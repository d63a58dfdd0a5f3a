"""A test's browser: its forms carry a key, as every page gives its forms one."""

import secrets
from typing import Any

from django.test import Client


class FormClient(Client):
    """As Django's client, where each form that is posted is a new one."""

    def post(self, *arguments: Any, **options: Any) -> Any:
        key = {"Idempotency-Key": secrets.token_urlsafe(24)}
        return super().post(*arguments, **{**options, "headers": {**key, **(options.get("headers") or {})}})
