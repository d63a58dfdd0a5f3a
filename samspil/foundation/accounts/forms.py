"""allauth's forms, in our words."""

from typing import Any

from allauth.account.forms import LoginForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django.utils.translation import gettext_lazy as _


class AddPasskey(AddWebAuthnForm):  # type: ignore[misc]
    """A passkey opens alone, unless its owner wants it as a second step after the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the passkey")
        self.fields["passwordless"].label = _("Log in with it alone, without a password")
        self.fields["passwordless"].help_text = _("It then asks for your fingerprint, your face or a code.")
        self.fields["passwordless"].initial = True


class RenamePasskey(EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the passkey")


class NameAndPassword(LoginForm):  # type: ignore[misc]
    """The log-in, with labels above the fields and no pale words inside them."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
