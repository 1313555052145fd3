"""News items in IPTC's ninjs (News in JSON), of versions 1, 2 and 3, as the rows of a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_BODY_TYPES = {"body_text": "text/plain", "body_xhtml": "application/xhtml+xml", "body_html": "text/html"}


class Html(str):
    """Text that is HTML."""

    __slots__ = ()


def is_news_item(row: Mapping[str, Any]) -> bool:
    """Whether *row*, an object of JSON, is a news item in ninjs with bodies."""
    lower = {key.lower(): value for key, value in row.items()}
    has_body = isinstance(lower.get("bodies"), list) or any(
        isinstance(lower.get(key), str) for key in _BODY_TYPES
    )
    return "uri" in lower and has_body


def as_row(item: Mapping[str, Any]) -> dict[str, Any]:
    """The news item *item* with those of its text, id, title, date and outlet under these keys that it has.

    The text is the plain body if there is one, else a body of type `Html`.
    """
    # Version 3 writes ``contentType`` what version 2 writes ``contenttype``.
    lower = {key.lower(): value for key, value in item.items()}
    found = {
        "text": _text(_bodies(lower)),
        "id": lower["uri"],
        "title": lower.get("headline") or _value(_of_role(_objects(lower.get("headlines")), "main")),
        "date": lower.get("versioncreated") or lower.get("contentcreated") or lower.get("firstcreated"),
        "outlet": _outlet(lower),
    }
    return {**item, **{key: value for key, value in found.items() if value is not None}}


def _bodies(item: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The bodies of *item* in the form of version 2."""
    if bodies := _objects(item.get("bodies")):
        return bodies
    return [{"contenttype": type, "value": item.get(key)} for key, type in _BODY_TYPES.items()]


def _text(bodies: list[dict[str, Any]]) -> str | Html | None:
    written = [body for body in bodies if isinstance(body.get("value"), str) and body["value"].strip()]
    plain = [body for body in written if _content_type(body) in ("", "text/plain")]
    marked_up = [body for body in written if "html" in _content_type(body)]
    if plain:
        return str(_value(_of_role(plain, "main")))
    return Html(_value(_of_role(marked_up, "main"))) if marked_up else None


def _content_type(body: Mapping[str, Any]) -> str:
    return str(body.get("contenttype") or "").partition(";")[0].strip().lower()


def _outlet(item: Mapping[str, Any]) -> str | None:
    sources = _objects(item.get("infosources")) or _objects(item.get("infosource"))
    return next((source["name"] for source in sources if isinstance(source.get("name"), str)), None)


def _objects(value: Any) -> list[dict[str, Any]]:
    """The objects in the list *value*, with keys in lower case; none if it is no list."""
    if not isinstance(value, list):
        return []
    return [{key.lower(): held for key, held in entry.items()} for entry in value if isinstance(entry, dict)]


def _of_role(entries: list[dict[str, Any]], role: str) -> dict[str, Any]:
    """The first of *entries* with *role*, else the first."""
    return next((entry for entry in entries if entry.get("role") == role), entries[0] if entries else {})


def _value(entry: Mapping[str, Any]) -> Any:
    return entry.get("value")
