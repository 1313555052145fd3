"""Random and mutated files of every kind: each gives items, and nothing is raised."""

from __future__ import annotations

import gzip
import io
import json
import random
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analyzer.article import Article
from analyzer.failure import Failure
from analyzer.readers import find_items, read_item
from tests.analyzer.readers.helpers import TEXT
from tests.analyzer.readers.test_html import PAGE
from tests.analyzer.readers.test_ninjs import VERSION_1, VERSION_2

MUTANTS_OF_EACH = 25
ROWS = [{"id": number, "date": "2026-05-03", "text": f"{number} {TEXT}"} for number in range(40)]


def parquet(compression: str) -> bytes:
    stream = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(ROWS), stream, row_group_size=10, compression=compression)
    return stream.getvalue()


def archive() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as written:
        written.writestr("a.txt", TEXT * 10)
        written.writestr("b.html", PAGE)
        written.writestr("c.jsonl", JSONL)
    return stream.getvalue()


JSONL = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in [*ROWS, VERSION_1, VERSION_2]).encode()
CSV = ("id,date,text\n" + "".join(f'{row["id"]},{row["date"]},"{row["text"]}"\n' for row in ROWS)).encode()
SEEDS = {
    "a.txt": TEXT.encode(),
    "b.html": PAGE.encode(),
    "c.jsonl": JSONL,
    "d.json": json.dumps([*ROWS, VERSION_1, VERSION_2]).encode(),
    "e.csv": CSV,
    "f.tsv": CSV.replace(b",", b"\t"),
    "g.parquet": parquet("snappy"),
    "h.parquet": parquet("none"),
    "i.zip": archive(),
    "j.jsonl.gz": gzip.compress(JSONL),
    "k.txt.gz": gzip.compress(TEXT.encode()),
    "l.csv": CSV.decode().encode("utf-16"),
}


def mutate(data: bytes, dice: random.Random) -> bytes:
    """*data* with some bytes changed, taken out, put in, or cut off; sometimes other bytes altogether."""
    mutant = bytearray(data)
    for _ in range(dice.choice([1, 1, 3, 20])):
        place, length = dice.randrange(len(mutant) + 1), dice.choice([1, 1, 4, 64])
        piece = dice.choice(
            [dice.randbytes(length), bytes(length), b'"' * length, b"\n", b"\xff" * length, b"[{"]
        )
        match dice.randrange(5):
            case 0:
                mutant[place:] = b""
            case 1:
                mutant[place:place] = piece
            case 2:
                del mutant[place : place + length]
            case _:
                mutant[place : place + len(piece)] = piece
    return dice.choice([bytes(mutant)] * 20 + [dice.randbytes(300), b"", bytes(300)])


@pytest.mark.parametrize("name", SEEDS)
def test_nothing_is_raised_whatever_files_hold(tmp_path: Path, name: str) -> None:
    dice = random.Random(name)
    for number in range(MUTANTS_OF_EACH):
        path = tmp_path / f"{number}{name[1:]}"
        path.write_bytes(mutate(SEEDS[name], dice))
        items = list(find_items([path]))
        assert items or name[2:] in {"json", "csv", "tsv", "parquet"}
        for item in items:
            result = read_item(item)
            assert result.id == item.id
            if isinstance(result, Failure):
                assert "internal error" not in result.message, path.read_bytes()
            else:
                assert isinstance(result, Article)
