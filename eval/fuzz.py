"""Broken and hostile article files of every kind that the readers know, made by chance from a seed."""

from __future__ import annotations

import csv
import gzip
import io
import json
import random
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

HOSTILE = (
    "</script><script>window.hacked = 1</script>",
    '<img src=x onerror="window.hacked = 1">',
    "{{ 7 * 7 }} ${7 * 7} <!--",
    '=HYPERLINK("http://evil.example")',
    "../../../etc/passwd",
    "C:\\con\\nul",
    "\u202egnp.exe\u2028\x1b[31m\0",
    "\ud83d\ude4a \U0001f64a e\u0301 \ufeff",
)
"""Words that do harm where they are not treated as words."""

SUFFIXES = ("txt", "md", "html", "jsonl", "json", "csv", "tsv", "parquet", "zip")


def write_fuzzed(folder: Path, count: int, chance: random.Random) -> list[Path]:
    """Write *count* files into *folder*: of each kind in turn, a third of them gzipped, all but a tenth damaged."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number in range(count):
        suffix = SUFFIXES[number % len(SUFFIXES)]
        data = MAKERS[suffix](chance)
        if number % 10:
            data = damaged(data, chance)
        path = folder / f"{number:05}.{suffix}"
        if number // len(SUFFIXES) % 3 == 0 and suffix != "zip":
            data, path = gzip.compress(data), path.with_name(f"{path.name}.gz")
            data = damaged(data, chance) if number % 2 else data
        path.write_bytes(data)
        paths.append(path)
    return paths


def damaged(data: bytes, chance: random.Random) -> bytes:
    """*data* with one to four accidents: bytes changed, cut, doubled, swapped or put in."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(changed) + 1)
        length = min(chance.choice((1, 2, 8, 64, 1000)), len(changed) - start)
        piece = bytes(changed[start : start + length])
        match chance.randrange(5):
            case 0:
                changed[start : start + length] = chance.randbytes(length)
            case 1:
                del changed[start : start + length]
            case 2:
                changed[start:start] = piece * chance.choice((1, 2, 50))
            case 3:
                del changed[start:]
            case _:
                changed[start:start] = chance.choice(HOSTILE).encode("utf-8", "surrogatepass")
    return bytes(changed)


def _text(chance: random.Random) -> str:
    name = chance.choice(HOSTILE)
    return (
        f"“We will not return to the talks {chance.choice(HOSTILE)},” foreign minister Ana Lind of Norland said on "
        f"Friday.\n\n{name} told reporters that Sudria was “a friend”.\n"
    )


def _row(chance: random.Random) -> dict[str, str]:
    words = (chance.choice(HOSTILE) for _ in range(3))
    return {
        "id": next(words),
        "title": next(words),
        "source": next(words),
        "date": "2024-05-0x",
        "text": _text(chance),
    }


def _rows(chance: random.Random) -> list[dict[str, str]]:
    # JSON and CSV can carry lone surrogates only in part.
    rows = [_row(chance) for _ in range(chance.randint(1, 4))]
    return [{name: _writable(value) for name, value in row.items()} for row in rows]


def _writable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def _make_text(chance: random.Random) -> bytes:
    return _text(chance).encode(chance.choice(("utf-8", "utf-16", "cp1252", "utf-8-sig")), "replace")


def _make_html(chance: random.Random) -> bytes:
    row = _rows(chance)[0]
    paragraphs = "".join(f"<p>{part}</p>" for part in row["text"].split("\n\n"))
    head = f"<meta charset=utf-8><title>{row['title']}</title>"
    return f"<!doctype html><html><head>{head}</head><body><article>{paragraphs * 3}</article></body></html>".encode()


def _make_jsonl(chance: random.Random) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in _rows(chance)).encode()


def _make_json(chance: random.Random) -> bytes:
    rows = _rows(chance)
    ninjs = {"uri": rows[0]["id"], "headline": rows[0]["title"], "body_text": rows[0]["text"]}
    return json.dumps(chance.choice((rows, rows[0], ninjs))).encode()


def _make_table(delimiter: str) -> Callable[[random.Random], bytes]:
    def make(chance: random.Random) -> bytes:
        rows = _rows(chance)
        stream = io.StringIO(newline="")
        writer = csv.DictWriter(stream, rows[0].keys(), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
        return stream.getvalue().encode()

    return make


def _make_parquet(chance: random.Random) -> bytes:
    stream = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(_rows(chance)), stream)
    return stream.getvalue()


def _make_zip(chance: random.Random) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in _member_names(chance):
            archive.writestr(name, _make_text(chance))
    return stream.getvalue()


def _member_names(chance: random.Random) -> Iterator[str]:
    yield "news/a.txt"
    yield chance.choice(
        ("../../evil.txt", "/etc/evil.txt", "C:\\evil.txt", "news/../../b.txt", "news/inner.zip")
    )
    yield _writable(chance.choice(HOSTILE)).replace("\0", "") + ".txt"


MAKERS: dict[str, Callable[[random.Random], bytes]] = {
    "txt": _make_text,
    "md": _make_text,
    "html": _make_html,
    "jsonl": _make_jsonl,
    "json": _make_json,
    "csv": _make_table(","),
    "tsv": _make_table("\t"),
    "parquet": _make_parquet,
    "zip": _make_zip,
}
"""How a sound file of each suffix is made."""
