"""Log-ins for tests. Call inside `as_owner()`: the application makes no account."""

from itertools import count

from samspil.foundation.accounts.models import Account

PASSWORD = "en lang sætning med hest"
_numbers = count(1)


def an_account(login: str = "", *, password: str = PASSWORD, **fields: bool) -> Account:
    """An active account of a member of staff, with a log-in name of its own."""
    account = Account(login=login or f"login-{next(_numbers)}", **fields)
    account.set_password(password)
    account.save()
    return account
