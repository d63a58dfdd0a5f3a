"""What was corrected and must not be read on is its author's alone again. The row stays."""

from uuid import UUID

from django.db import connection


def put_away(item: UUID) -> None:
    """Take an item back from its readers, once what stands in its place is written. The wall checks who."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT wall.put_away(%s)", [item])
