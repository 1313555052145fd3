"""From web pages and fragments of HTML to text, title, date and outlet."""

from __future__ import annotations

import logging
import re
from encodings import aliases, normalize_encoding
from typing import TYPE_CHECKING

from analyzer.article import Article
from analyzer.errors import ArticleError
from analyzer.readers.dates import parse_date
from analyzer.readers.encoding import decode, decode_utf8, is_mostly_utf8, marked_encoding

if TYPE_CHECKING:
    from trafilatura.settings import Document

# A page says in its beginning how it is encoded, in a meta element or in an XML declaration.
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE
)
_DECLARED_WITHIN = 4096
# What browsers make of these names, and text editors write under them.
_CP1252 = {"ascii", "latin_1", "iso8859_1"}
_BLOCKS = """address article aside blockquote br caption dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6
header hr li main nav ol p pre section table td th tr ul""".split()
_BLOCK_END = "\u2029"
_SURROGATES = re.compile("[\ud800-\udfff]")

for _name in ("trafilatura", "htmldate"):
    # What they log of a page is told by the article's error, and would go to standard error.
    logging.getLogger(_name).addHandler(logging.NullHandler())


def read_html(data: bytes, id: str) -> Article:
    """The article *id* on the web page in the bytes *data*: its main text, title, date and outlet.

    Raises `ArticleError` where there is no main text, and what `decode` raises.
    """
    page, warnings = _decode_page(data)
    document = _extract(page)
    text = document.text if document else None
    if not document or not text or not text.strip():
        raise ArticleError("the page has no main text: no article was found on it")
    day, date_warnings = parse_date(document.date)
    return Article(
        id=id,
        text=text,
        title=one_line(document.title),
        date=day,
        outlet=one_line(document.sitename),
        warnings=warnings + date_warnings,
    )


def html_text(markup: str) -> str:
    """The text of *markup*, a whole page or a fragment, a paragraph a line. Raises `ArticleError` if it has none."""
    # trafilatura drops what it takes for navigation, which only a whole page has.
    document = _extract(markup) if re.search(r"<(html|body)\b", markup, re.IGNORECASE) else None
    text = (document.text if document else "") or _fragment_text(markup)
    if not text.strip():
        raise ArticleError("the HTML has no text")
    return text


def one_line(text: str | None) -> str | None:
    """*text* with its white space collapsed; ``None`` if there is nothing else."""
    return " ".join((text or "").split()) or None


def _decode_page(data: bytes) -> tuple[str, tuple[str, ...]]:
    if not marked_encoding(data) and not is_mostly_utf8(data) and (encoding := _declared_encoding(data)):
        try:
            return data.decode(encoding), ()
        except (UnicodeError, LookupError):
            # Else the declaration is wrong.
            if encoding == "utf_8" and is_mostly_utf8(data, max_bad=1):
                return decode_utf8(data)
    return decode(data)


def _declared_encoding(data: bytes) -> str | None:
    if not (match := _DECLARED.search(data[:_DECLARED_WITHIN])):
        return None
    name = normalize_encoding(match[1].decode("ascii", "replace")).lower()
    name = aliases.aliases.get(name, name)
    # Python has other codecs too, some of them not for text or slow, but no aliases for those.
    if name not in aliases.aliases.values():
        return None
    return "cp1252" if name in _CP1252 else name


def _extract(page: str) -> Document | None:
    # It takes a third of a second to import.
    import trafilatura

    try:
        document = trafilatura.bare_extraction(
            _SURROGATES.sub("�", page),
            include_comments=False,
            with_metadata=True,
            # The extensive search takes dates from anywhere on the page.
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except Exception as error:
        raise ArticleError(f"the page cannot be taken apart: {type(error).__name__}: {error}") from error
    # It gives a dictionary only where it is asked for one.
    return None if isinstance(document, dict) else document


def _fragment_text(fragment: str) -> str:
    from lxml import etree, html

    try:
        # lxml takes no NUL, and ends at a surrogate.
        markup = _SURROGATES.sub("�", fragment.replace("\0", ""))
        tree = html.fragment_fromstring(markup, create_parent="div")
    except (etree.LxmlError, ValueError) as error:
        raise ArticleError(f"the HTML cannot be read: {error}") from error
    etree.strip_elements(tree, etree.Comment, etree.ProcessingInstruction, "script", "style", with_tail=False)
    for element in tree.iter(*_BLOCKS):
        element.text = _BLOCK_END + (element.text or "")
        element.tail = _BLOCK_END + (element.tail or "")
    paragraphs = map(one_line, tree.text_content().split(_BLOCK_END))
    return "\n".join(paragraph for paragraph in paragraphs if paragraph)
