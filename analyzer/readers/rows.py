"""From a row of a table to an article: which of its columns hold what, and what is in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any, TypeVar

from analyzer.article import Article
from analyzer.errors import ArticleError
from analyzer.readers import limits
from analyzer.readers.dates import parse_date
from analyzer.readers.encoding import decode, mend
from analyzer.readers.html import html_text, one_line
from analyzer.readers.ninjs import Html, as_row, is_news_item

Row = Mapping[str, Any]
"""What a table's row, or an object of JSON, holds under each column's name or key."""

# By what is most likely meant, where a table has several.
USUAL_NAMES = {
    "text": """text body content article maintext main_text article_text full_text fulltext body_text article_body
    articlebody article_content content_text plain_text story story_text""".split(),
    "id": "id uri article_id articleid doc_id document_id guid uuid _id url link".split(),
    "date": """date published pubdate pub_date published_at publishedat publication_date publish_date date_published
    datepublished date_publish published_date versioncreated created_at timestamp datetime""".split(),
    "title": "title headline article_title heading".split(),
    "outlet": """outlet newspaper publication publisher source_name source_hostname sitename site_name source site
    provider media source_domain domain""".split(),
}
_MAX_SHOWN_NAMES = 30
_MAX_SHOWN_LENGTH = 50
# A longer one, which may be as long as a row may be, is no id.
_MAX_ID_LENGTH = 2000
_FIRST_ROWS = 1000
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The names of the columns of tables, or of the keys of JSON, that hold what; ``None``: by usual names."""

    text: str | None = None
    id: str | None = None
    date: str | None = None
    title: str | None = None
    outlet: str | None = None


USUAL_COLUMNS = Columns()
"""All columns by their usual names."""


# The names in a row of JSON may be as long as it may be itself, so that no more than one row's are kept.
@lru_cache(maxsize=1)
def find_columns(names: tuple[str, ...], columns: Columns) -> Columns:
    """The columns that a table with the columns *names* has of those that *columns* asks for; ``None``: it has none."""
    by_usual_name = {
        name.strip().lower().replace("-", "_").replace(" ", "_"): name for name in reversed(names)
    }
    found: dict[str, str | None] = {}
    for what, wanted in asdict(columns).items():
        if wanted is not None:
            found[what] = wanted if wanted in names else None
        else:
            usual = (by_usual_name[name] for name in USUAL_NAMES[what] if name in by_usual_name)
            found[what] = next(usual, None)
    return Columns(**found)


def check_columns(names: Iterable[str], columns: Columns) -> None:
    """Raise `ArticleError` if a table with the columns *names* has no text or not what *columns* names."""
    names = tuple(names)
    for wanted in asdict(columns).values():
        if wanted is not None and wanted not in names:
            raise _missing(wanted, names)
    _text_column(names, columns)


def unless_all_lack_text(
    results: Iterable[tuple[_Result, Row | None]], columns: Columns
) -> Iterator[_Result]:
    """The first of each pair of *results*, which is what the row beside it gives; ``None`` is a row that is broken.

    What comes before the first row with a column for the text is held back. Raises `ArticleError`, which lists the
    columns, in its place if there is no such row, or none among the first thousand.
    """
    results = iter(results)
    held: list[_Result] = []
    names: dict[str, None] = {}
    lack_text = False
    try:
        for result, row in results:
            held.append(result)
            if row is not None:
                plain = _plain(row, columns)
                lack_text = find_columns(tuple(plain), columns).text is None
                _note_names(plain, names)
            if (row is not None and not lack_text) or len(held) == _FIRST_ROWS:
                break
    except Exception:
        # What was read before the damage stays.
        yield from held
        raise
    if lack_text:
        raise _without_text(tuple(names), columns)
    yield from held
    for result, _ in results:
        yield result


def _note_names(row: Row, names: dict[str, None]) -> None:
    for name in row:
        if len(names) > _MAX_SHOWN_NAMES:
            return
        names[name[:_MAX_SHOWN_LENGTH]] = None


def _text_column(names: tuple[str, ...], columns: Columns) -> str:
    found = find_columns(names, columns).text
    if found is None:
        raise _without_text(names, columns)
    return found


def _without_text(names: tuple[str, ...], columns: Columns) -> ArticleError:
    if columns.text is not None:
        return _missing(columns.text, names)
    return ArticleError(
        "no column is known to hold the text; name one with --text-column (in Python, Columns(text=…)); "
        f"the columns are {_shown(names)}"
    )


def _missing(wanted: str, names: tuple[str, ...]) -> ArticleError:
    return ArticleError(f"there is no column {wanted!r}; the columns are {_shown(names)}")


def _shown(names: tuple[str, ...]) -> str:
    shown = [name[:_MAX_SHOWN_LENGTH] for name in names[:_MAX_SHOWN_NAMES]]
    return (", ".join(shown) or "none") + (" and more" if len(names) > _MAX_SHOWN_NAMES else "")


def own_id(row: Row, columns: Columns) -> str | None:
    """The id that *row* itself gives its article, in one line; ``None`` if it gives none that can be one."""
    value = _value(_plain(row, columns), "id", columns)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, str | int) or isinstance(value, bool):
        return None
    id = str(value)
    return one_line(id) if len(id) <= _MAX_ID_LENGTH else None


def is_marked_up(row: Row, columns: Columns) -> bool:
    """Whether the text of *row* has to be got out of HTML, which takes its time."""
    return _is_news_item(row, columns) and isinstance(as_row(row).get("text"), Html)


def read_row(row: Row, id: str, columns: Columns, warnings: tuple[str, ...] = ()) -> Article:
    """The article *id* in *row*; *warnings* come before its own. Raises `ArticleError` if there is no text."""
    plain = _plain(row, columns)
    name = _text_column(tuple(plain), columns)
    text, text_warnings = _text(plain[name], name)
    day, date_warnings = parse_date(_value(plain, "date", columns))
    return Article(
        id=id,
        text=text,
        title=_line(_value(plain, "title", columns)),
        date=day,
        outlet=_line(_value(plain, "outlet", columns)),
        warnings=warnings + text_warnings + date_warnings + _missing_names(plain, columns),
    )


def _missing_names(row: Row, columns: Columns) -> tuple[str, ...]:
    wanted = (name for name in asdict(columns).values() if name is not None)
    return tuple(f"the row has no {name!r}" for name in wanted if name not in row)


def _is_news_item(row: Row, columns: Columns) -> bool:
    return columns.text is None and is_news_item(row)


def _plain(row: Row, columns: Columns) -> Row:
    if not _is_news_item(row, columns):
        return row
    plain = as_row(row)
    # Its text would be in a body, so that a news item without any has a column for it.
    return plain if find_columns(tuple(plain), columns).text else {**plain, "text": None}


def _value(row: Row, what: str, columns: Columns) -> Any:
    name = getattr(find_columns(tuple(row), columns), what)
    return None if name is None else row[name]


def _text(value: Any, name: str) -> tuple[str, tuple[str, ...]]:
    if isinstance(value, str | bytes) and len(value) > limits.MAX_BYTES:
        raise ArticleError(
            f"the text has over {limits.MAX_BYTES:,} characters; split it into single articles"
        )
    if isinstance(value, Html):
        markup, warnings = mend(value)
        return html_text(markup), warnings
    if isinstance(value, bytes) and value:
        value, warnings = decode(value)
    elif isinstance(value, str):
        value, warnings = mend(value)
    if not isinstance(value, str) or not value.strip():
        raise ArticleError(f"there is no text in {name!r}")
    return value, warnings


def _line(value: Any) -> str | None:
    """A title or an outlet in one line; an outlet may be an object with a name."""
    if isinstance(value, Mapping):
        value = value.get("name")
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if not isinstance(value, str):
        return None
    try:
        return one_line(mend(value)[0])
    except ArticleError:
        return None
