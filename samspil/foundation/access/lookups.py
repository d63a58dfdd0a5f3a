"""Lists of ids are asked for as one array: the same statement for three and for sixty, planned once."""

from typing import Any

from django.db.models import ForeignKey, UUIDField
from django.db.models.fields.related_lookups import RelatedIn
from django.db.models.lookups import In

VALUE = "%s"


class _Among(In):
    """`IN (a, b, c)` as `= ANY(array)`; a sub-query stays as it is."""

    def process_rhs(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        listed, values = super().process_rhs(compiler, connection)
        self.is_array = self.rhs_is_direct_value() and set(listed.strip("()").split(", ")) == {VALUE}
        return (VALUE, [list(values)]) if self.is_array else (listed, values)

    def get_rhs_op(self, connection: Any, rhs: str) -> str:
        return f"= ANY({rhs})" if self.is_array else super().get_rhs_op(connection, rhs)


class Among(_Among):
    """Ids in a column of their own."""


class RelatedAmong(RelatedIn, _Among):
    """Ids of rows in another table."""


def use_arrays() -> None:
    """Django's `__in` asks so from now on, for ids."""
    UUIDField.register_lookup(Among)
    ForeignKey.register_lookup(RelatedAmong)
