"""Who is asking: a person acting *for* one unit in one role. Set once a request, never rebuilt below."""

from dataclasses import dataclass
from uuid import UUID

from samspil.foundation.kernel.permissions import Permission
from samspil.foundation.kernel.roles import ROLES, Role, RoleKey


@dataclass(frozen=True, slots=True)
class Actor:
    """A member of staff acting for `unit_id` of `authority_id`; a citizen has no membership, unit or role."""

    account_id: UUID
    membership_id: UUID | None = None
    unit_id: UUID | None = None
    authority_id: UUID | None = None
    role_key: RoleKey | None = None

    @property
    def role(self) -> Role | None:
        return ROLES[self.role_key] if self.role_key else None

    @property
    def is_citizen(self) -> bool:
        return self.membership_id is None

    def holds(self, permission: Permission) -> bool:
        """Does the role include it? Only the first half of the question: the gate asks the policy too."""
        return self.role is not None and permission in self.role.permissions
