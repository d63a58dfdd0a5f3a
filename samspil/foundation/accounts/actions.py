"""What changes a log-in: the first password, and accounts for trying the system out."""

from django.conf import settings
from django.contrib.auth import password_validation
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from samspil.foundation.accounts import rules
from samspil.foundation.accounts.models import Account
from samspil.foundation.kernel.decisions import Refused


def first_password_token(account: Account) -> str:
    """The secret of the link that an administrator hands to a colleague. It works once, for three days."""
    if not rules.may_choose_first_password(account):
        raise Refused(_("This person has a password already."))
    return default_token_generator.make_token(account)


@transaction.atomic
def choose_first_password(*, account: Account, token: str, password: str) -> Account:
    """The new colleague chooses a password by the link. The link is dead afterwards."""
    account = Account.objects.get(pk=account.pk)
    if not link_works(account, token):
        raise Refused(_("The link has been used or is too old. Ask your administrator for a new one."))
    try:
        password_validation.validate_password(password, account)
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
    change_password(account=account, password=password)
    return account


def change_password(*, account: Account, password: str) -> None:
    """Write a new password and nothing else: the application has no right to the other columns."""
    account.set_password(password)
    account.save(update_fields=["password"])


def link_works(account: Account, token: str) -> bool:
    """Does the link to choose a first password still work?"""
    return rules.may_choose_first_password(account) and default_token_generator.check_token(account, token)


def make_demo_account(
    *, login: str, password: str, is_citizen: bool = False, hashed: str = "", using: str = "owner"
) -> Account:
    """An account of an invented human. A system action, run as the owner; refused in production.

    `hashed`: the password worked out before, where many have the same one.
    """
    if not settings.SAMSPIL_ALLOWS_DEMO_ACCOUNTS:
        raise Refused(_("Demo accounts do not exist in production."))
    account = Account(login=login.lower(), is_demo=True, is_citizen=is_citizen)
    if hashed:
        account.password = hashed
    else:
        account.set_password(password)
    account.save(using=using)
    return account
