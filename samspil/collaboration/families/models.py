"""People as one authority knows them, where they are, and the dated ties between them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TieKind(models.TextChoices):
    """What one person is to another. Read »person is … of to«; symmetric kinds read the same both ways."""

    PARENT = "parent", _("parent")
    CUSTODY = "custody", _("custody holder")
    STEP_PARENT = "step-parent", _("step-parent")
    FOSTER_PARENT = "foster-parent", _("foster parent")
    GRANDPARENT = "grandparent", _("grandparent")
    SIBLING = "sibling", _("sibling")
    PARTNER = "partner", _("partner")
    EX_PARTNER = "ex-partner", _("former partner")
    LIVES_WITH = "lives-with", _("lives with")
    NETWORK = "network", _("network person")


class TieSource(models.TextChoices):
    """Where we know a tie from. A clerk's guess is not the register's word."""

    REGISTER = "register", _("the civil register")
    DECISION = "decision", _("a decision by the Agency of Family Law or a court")
    FAMILY = "family", _("the family says so")
    PROFESSIONAL = "professional", _("a professional says so")
