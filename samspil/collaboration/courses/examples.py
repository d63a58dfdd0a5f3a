"""What the living catalogue shows of courses. All people and dates are made up."""

from dataclasses import replace
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from samspil.collaboration.courses.presenters import referral
from samspil.collaboration.programmes.engine import Answer
from samspil.foundation.kernel.sharing import Category

SENT = datetime(2026, 11, 12, 9, 30, tzinfo=UTC)


def context() -> dict[str, object]:
    """Plain data for the components of a referral."""
    return {
        "referral_line": _line(),
        "referral_lines": [_part("wish", ""), _part("help", _("What we would like help with"))],
        "referral_steps": [referral.Step(SENT, _("Sent to %(unit)s") % {"unit": "Børn og Familie"})],
        "target_result": referral.Result(
            "unknown", _("Not known yet. %(missing)s.") % {"missing": _("One answer is missing")}, ""
        ),
        "target_criteria": _criteria(),
    }


def _line() -> referral.Line:
    return referral.Line(
        url="#",
        family=_("The %(name)s family") % {"name": "Bruun"},
        context="VIA Family 2.0",
        kind="open",
        state=_("Waits for your unit’s answer"),
        note="7",
        what=_("From %(unit)s") % {"unit": "VIA-teamet, Region Nordjylland"},
        why=_("Your unit says yes, asks for more, or says no with the reason."),
        act=_("Answer"),
        is_mine=True,
    )


def _part(kind: str, title: str) -> referral.PartLine:
    said = "Vi vil gerne have ro om morgenen."
    return referral.PartLine(
        kind, title, said, "Claus", "Ida", Category.EVERYDAY.label, is_added=False, written_at=SENT
    )


def _criteria() -> list[referral.Criterion]:
    yes, unknown = (
        referral.ANSWERS[Answer.YES],
        referral.ANSWERS[Answer.UNKNOWN],
    )
    limit = _("the limit: %(day)s") % {"day": "19. nov. 2023"}
    drawing = referral.RuleDrawing(
        limit_x=220,
        today_x=600,
        middle_x=410,
        within=380,
        years=[referral.Tick(2023, 110), referral.Tick(2024, 236), referral.Tick(2025, 362)],
        limit=limit,
        span="marts – dec. 2023",
        bar_x=130,
        bar_width=104,
        label_x=80,
        title=_("inside the time that counts"),
        said=limit,
        yes_from=_("Ended on %(day)s or later:") % {"day": "19. nov. 2023"},
        no_before=_("Before:"),
    )
    drawing = replace(
        drawing,
        narrow=replace(
            drawing,
            limit_x=110,
            today_x=296,
            middle_x=203,
            within=186,
            years=[referral.Tick(2023, 55), referral.Tick(2024, 118), referral.Tick(2025, 181)],
            bar_x=65,
            bar_width=52,
        ),
    )
    treated = _("Answer about the target group")
    return [
        referral.Criterion("child", _("The family"), *yes, "Ida 6, Malthe 11", "from-source", decides=True),
        referral.Criterion(
            "treated", treated, *unknown, "", "from-description", decides=True, drawing=drawing
        ),
        referral.Criterion("shared", treated, *referral.NOT_SHARED, "", "from-description", decides=True),
    ]
