"""What a page costs that does nearly nothing: F1 with one indexed query, F2 with 50 rows of six columns.

They stand before every other middleware, in the same server and on the same database, without wall, session
or log: the least that Django can do. The product is divided by them.
"""

from collections.abc import Callable
from uuid import UUID

from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.template import Context, Template

ROWS = 50
_ONE = Template("<!doctype html><title>{{ row.0 }}</title><p>{{ row.1 }} {{ row.2 }} {{ row.3 }}</p>")
_MANY = Template(
    "<!doctype html><title>F2</title><table>{% for row in rows %}<tr>{% for cell in row %}"
    "<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</table>"
)
Answer = Callable[[HttpRequest], HttpResponse]


class Floors:
    """Answers `/floor/1/<item>` and `/floor/2/<space>` itself."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith("/floor/"):
            return self.get_response(request)
        _empty, _floor, which, key = request.path.split("/")
        return HttpResponse(_one(UUID(key)) if which == "1" else _many(UUID(key)))


def _one(item: UUID) -> str:
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT id, kind, category, released_at FROM access_item WHERE id = %s", [item])
        return _ONE.render(Context({"row": cursor.fetchone()}))


def _many(space: UUID) -> str:
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT step, n, responsible, opens_on, due_on, closes_on FROM courses_dueitem "
            "WHERE space_id = %s ORDER BY due_on LIMIT %s",
            [space, ROWS],
        )
        return _MANY.render(Context({"rows": cursor.fetchall()}))
