"""`samspil messages`: bring each app's list of texts to translate up to date, without gettext's binaries."""

import argparse
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

import samspil

HOUSE = Path(samspil.__file__).resolve().parent
LANGUAGE = "da"
REFUSAL = re.compile(r"refuse\('([^']+)'\)|'([A-Z][^']* [^']*\.)'")
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), None),
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


@dataclass(frozen=True, slots=True)
class Text:
    """One text to translate: its place in the source, the text (one or two forms) and its context."""

    file: str
    line: int
    words: str | tuple[str, ...]
    context: str | None


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--check", action="store_true", help="change nothing; 1 where a list is not up to date"
    )


def run(options: argparse.Namespace) -> int:
    """Write the lists anew; with --check, only say which would change."""
    stale = [app for app in apps() if bring_up_to_date(app, write=not options.check)]
    for app in stale:
        print(f"{'Not up to date' if options.check else 'Written'}: {po_file(app).relative_to(HOUSE.parent)}")
    return 1 if options.check and stale else 0


def apps() -> list[Path]:
    """Every package of the house that can hold texts of its own: the apps, and the command line."""
    return sorted(path.parent for path in HOUSE.glob("*/*/__init__.py"))


def po_file(app: Path) -> Path:
    """Where an app's translations stand."""
    return app / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def texts(app: Path) -> Iterator[Text]:
    """Every text to translate in an app's Python, templates and refusals of the database."""
    for file in sorted(app.rglob("*")):
        if file.suffix in READERS and file.is_file() and not _is_foreign(file):
            yield from READERS[file.suffix](file, file.relative_to(app).as_posix())


def _is_foreign(file: Path) -> bool:
    return "vendor" in file.parts or "migrations" in file.parts


def _texts_of(file: Path, name: str) -> Iterator[Text]:
    source = file.read_text(encoding="utf-8")
    if file.suffix != ".py":
        # Python reads indentation; a template's means nothing.
        source = "\n".join(line.lstrip() for line in templatize(source).splitlines())
    for line, words, _comments, context in extract("python", BytesIO(source.encode()), keywords=KEYWORDS):
        if words:
            yield Text(name, line, words, context)


def _refusals_of(file: Path, name: str) -> Iterator[Text]:
    """What a function of the wall says when it refuses: the text of a refusal, or any whole sentence."""
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        for found in REFUSAL.finditer(line):
            yield Text(name, number, found[1] or found[2], None)


READERS: dict[str, Callable[[Path, str], Iterator[Text]]] = {
    ".py": _texts_of,
    ".html": _texts_of,
    ".txt": _texts_of,
    ".sql": _refusals_of,
}


def catalogue(app: Path) -> Catalog:
    """The translations an app has, also those for texts that are gone."""
    file = po_file(app)
    if not file.is_file():
        return Catalog(locale=LANGUAGE)
    with file.open("rb") as source:
        return read_po(source, locale=LANGUAGE)


def brought_up_to_date(app: Path) -> Catalog:
    """Today's texts with the translations that exist; a new text has none, and nothing is guessed."""
    known, now = catalogue(app), Catalog(locale=LANGUAGE, fuzzy=False)
    for text in texts(app):
        old = known.get(text.words if isinstance(text.words, str) else text.words[0], context=text.context)
        now.add(text.words, old.string if old else None, locations=[(text.file, 0)], context=text.context)
    return now


def bring_up_to_date(app: Path, *, write: bool) -> bool:
    """True where the list of an app changed."""
    now = brought_up_to_date(app)
    before = {(message.id, message.context) for message in catalogue(app) if message.id}
    after = {(message.id, message.context) for message in now if message.id}
    if before == after:
        return False
    if write:
        file = po_file(app)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(as_text(now), encoding="utf-8")
    return True


def as_text(catalog: Catalog) -> str:
    """A list with a head that says only what must be said, so that it changes when a text does."""
    out = BytesIO()
    write_po(out, catalog, width=110, omit_header=True, include_lineno=False, sort_output=False)
    plural = catalog.plural_forms.rstrip(";")
    head = (
        'msgid ""\nmsgstr ""\n"Language: da\\n"\n"MIME-Version: 1.0\\n"\n'
        f'"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: {plural};\\n"\n\n'
    )
    return head + out.getvalue().decode()


def missing(app: Path) -> list[str]:
    """What an app cannot say in Danish yet: no translation, an uncertain one, or no entry at all."""
    known = catalogue(app)
    found = []
    for text in texts(app):
        first = text.words if isinstance(text.words, str) else text.words[0]
        message = known.get(first, context=text.context)
        if message is None or message.fuzzy or not _is_said(message.string) or list(message.check(known)):
            found.append(f"{text.file}:{text.line}: {first!r}")
    return found


def _is_said(string: str | tuple[str, ...] | list[str] | None) -> bool:
    return all([string] if string is None or isinstance(string, str) else string)
