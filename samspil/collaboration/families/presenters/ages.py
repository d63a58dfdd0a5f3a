"""What a birthday changes, as it rests on a provision of the law."""

from django.utils.translation import gettext as _

from samspil.collaboration.families.rules.ages import CHANGES
from samspil.foundation.web.further import Further


def resting_on(provision: str, _language: str) -> list[Further]:
    """The rules of this house about ages that rest on a provision."""
    return [
        Further(
            _("From %(age)s years: %(text)s") % {"age": one.age, "text": one.text},
            "",
            label=_("Rule of Samspil about ages"),
        )
        for one in CHANGES
        if one.provision == provision
    ]
