"""The grid: which role holds which permissions and reads which categories. Reads like a table."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from samspil.foundation.kernel.decisions import Text
from samspil.foundation.kernel.permissions import Permission as P
from samspil.foundation.kernel.sharing import ALL_CATEGORIES, Category

_PERSONAL = Category.IDENTITY | Category.WHEREABOUTS | Category.EVERYDAY | Category.SCHOOL | Category.SOCIAL


class RoleKey(StrEnum):
    """In which role a person acts for a unit. Stored on the membership."""

    CASEWORKER = "caseworker"
    CLINICIAN = "clinician"
    SCHOOL_CONTACT = "school-contact"
    JOBCENTRE_WORKER = "jobcentre-worker"
    SUBSTANCE_WORKER = "substance-worker"
    PROVIDER_WORKER = "provider-worker"
    LEADER = "leader"
    ADMINISTRATOR = "administrator"
    PRIVACY_OFFICER = "privacy-officer"
    IMPLEMENTATION_ADVISER = "implementation-adviser"
    EVALUATOR = "evaluator"
    MINISTRY_OFFICIAL = "ministry-official"
    RESEARCHER = "researcher"
    SUPPLIER = "supplier"
    VOLUNTEER = "volunteer"


@dataclass(frozen=True, slots=True)
class Role:
    """One line of the grid: title, permissions, and the widest mask a team relation of this role may have."""

    key: RoleKey
    title: Text
    permissions: frozenset[P]
    categories: Category


def _role(key: RoleKey, title: Text, categories: Category, *permissions: P) -> tuple[RoleKey, Role]:
    return key, Role(key, title, frozenset(permissions), categories)


_TAKES_PART = (
    P.FACT_NOTE,
    P.FACT_CORRECT,
    P.PLAN_WRITE,
    P.EFFORT_WRITE,
    P.NOTE_WRITE,
    P.TOOL_WRITE,
    P.MEETING_ARRANGE,
    P.MEETING_TAKE_PART,
    P.EXPERIENCE_TELL,
)
_STEERS = (P.COURSE_STEER, P.COURSE_CLOSE, P.PLAN_AGREE)
_BEGINS = (P.COURSE_BEGIN, P.SPACE_OPEN, P.PERSON_VIEW)
"""To begin a course in the own unit, about somebody whose record that unit keeps."""
_COORDINATES = (
    *_TAKES_PART,
    *_STEERS,
    *_BEGINS,
    P.BASIS_REGISTER,
    P.LOG_VIEW,
    P.REFERRAL_SEND,
    P.REFERRAL_RECEIVE,
    P.PERSON_CREATE,
    P.PERSON_CORRECT,
)
_NOTHING = Category(0)

ROLES: dict[RoleKey, Role] = dict(
    [
        _role(
            RoleKey.CASEWORKER,
            _("Caseworker"),
            _PERSONAL | Category.HEALTH | Category.EMPLOYMENT | Category.SUBSTANCE,
            *_COORDINATES,
        ),
        _role(
            RoleKey.CLINICIAN,
            _("Clinician"),
            _PERSONAL | Category.HEALTH | Category.SUBSTANCE,
            *_COORDINATES,
        ),
        _role(
            RoleKey.SCHOOL_CONTACT,
            _("School contact"),
            Category.IDENTITY | Category.EVERYDAY | Category.SCHOOL,
            P.BASIS_REGISTER,
            *_BEGINS,
            *_STEERS,
            *_TAKES_PART,
        ),
        _role(
            RoleKey.JOBCENTRE_WORKER,
            _("Employment adviser"),
            Category.IDENTITY | Category.EVERYDAY | Category.EMPLOYMENT,
            P.BASIS_REGISTER,
            *_STEERS,
            *_TAKES_PART,
        ),
        _role(
            RoleKey.SUBSTANCE_WORKER,
            _("Drug and alcohol counsellor"),
            Category.IDENTITY | Category.EVERYDAY | Category.SUBSTANCE | Category.HEALTH,
            P.BASIS_REGISTER,
            *_STEERS,
            *_TAKES_PART,
        ),
        _role(
            RoleKey.PROVIDER_WORKER,
            _("Provider's professional"),
            Category.IDENTITY | Category.EVERYDAY,
            *_TAKES_PART,
        ),
        _role(
            RoleKey.LEADER,
            _("Leader"),
            ALL_CATEGORIES & ~Category.CONFIDENTIAL_YOUTH,
            P.MODEL_ADOPT,
            *_COORDINATES,
            P.CASELOAD_VIEW,
            P.CASELOAD_SET,
        ),
        _role(RoleKey.ADMINISTRATOR, _("Administrator"), _NOTHING, P.MEMBERSHIP_MANAGE, P.MODEL_ADOPT),
        _role(RoleKey.PRIVACY_OFFICER, _("Privacy officer"), _NOTHING, P.LOG_VIEW, P.BLOCK_SET),
        _role(
            RoleKey.IMPLEMENTATION_ADVISER,
            _("Implementation adviser"),
            _NOTHING,
            P.EXPERIENCE_READ,
            P.MODEL_PUBLISH,
        ),
        _role(RoleKey.EVALUATOR, _("Evaluator"), _NOTHING),
        _role(RoleKey.MINISTRY_OFFICIAL, _("Ministry official"), _NOTHING),
        _role(RoleKey.RESEARCHER, _("Researcher"), _NOTHING),
        _role(RoleKey.SUPPLIER, _("Supplier"), _NOTHING),
        _role(RoleKey.VOLUNTEER, _("Volunteer"), _NOTHING),
    ]
)
