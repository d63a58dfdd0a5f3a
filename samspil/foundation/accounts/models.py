"""One human's log-in. No CPR number and no citizen's name stands here."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from samspil.foundation.kernel.ids import new_id


class AccountManager(BaseUserManager["Account"]):
    """Finds an account by its log-in name, in whatever case it was typed."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(login=(username or "").lower())


class Account(AbstractBaseUser):
    """What one human logs in with. Staff and citizens alike; it says nothing of what they may see."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    login = models.CharField(max_length=254, unique=True)
    email = models.EmailField(blank=True)
    is_citizen = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "login"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(login=Lower("login")), name="account_login_is_lower_case"),
            models.CheckConstraint(condition=~Q(login=""), name="account_has_a_login"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
