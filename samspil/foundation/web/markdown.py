"""Our own texts in Markdown as HTML: headings, lists, links and tables; never HTML from the text itself."""

from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_TOP, _DEEPEST = 1, 6


@lru_cache(maxsize=1024)
def rendered(text: str, *, top: int = 2) -> SafeString:
    """Markdown as HTML. HTML in the text stays text; the highest heading becomes `h{top}`."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(text)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            level = min(int(token.tag[1]) + top - _TOP, _DEEPEST)
            token.tag = f"h{level}"
    html: str = reader.renderer.render(tokens, reader.options, {})
    return mark_safe(html)  # noqa: S308 - the reader escapes HTML
