"""A folder for brat, read back by brat's own rules."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import analyzer.writers.brat
from analyzer.quotation import Analysis
from analyzer.writers import write_brat
from tests.analyzer.writers.samples import FAILURE, full_analysis, small_analyses, surrogate_analysis
from tests.hand_made import TEXT, make_analysis, make_quotation, strait_analysis

HOSTILE_IDS = [
    "../../etc/passwd",
    "",
    "con",
    ".hidden",
    "a\0b\nc\td",
    "x" * 5_000,
    "..",
    "/",
    "C:\\news\\aux.txt",
    "-rf",
    "\udcff",
    "=1+1",
    "新闻",
    "con",
]


def read_text(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as stream:
        return stream.read()


def read_annotations(path: Path) -> dict[str, tuple[str, str]]:
    """The annotations in the ``.ann`` file *path* by name: what they say, and the text after the second tab.

    As brat does, this breaks lines wherever ``str.splitlines`` does, and insists that the words of a span are those
    of the text, with a blank between two pieces.
    """
    text = read_text(path.with_suffix(".txt"))
    annotations = {}
    for line in read_text(path).splitlines():
        name, what, words = [*line.split("\t"), ""][:3]
        if name.startswith("T"):
            offsets = what.split(" ", 1)[1].split(";")
            pieces = [text[slice(*map(int, piece.split()))] for piece in offsets]
            assert words == " ".join(pieces)
        assert name not in annotations
        annotations[name] = (what, words)
    return annotations


def read_table(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream, delimiter="\t"))


def test_an_article_is_text_and_annotations(tmp_path: Path) -> None:
    write_brat([full_analysis()], tmp_path)
    assert read_text(tmp_path / "000000-strait.txt") == TEXT
    annotations = read_annotations(tmp_path / "000000-strait.ann")
    note = json.loads(annotations.pop("#1")[1])
    del annotations["#2"]
    assert annotations == {
        "T1": ("Content 62 79;91 120", "“We will return,” “if Sudria opens the strait.”"),
        "T2": ("Cue 85 89", "said"),
        "R1": ("cue Arg1:T1 Arg2:T2", ""),
        "T3": ("Source 31 35", "Lind"),
        "R2": ("source Arg1:T1 Arg2:T3", ""),
        "T4": ("Role 0 26", "Norland's chief negotiator"),
        "R3": ("role Arg1:T1 Arg2:T4", ""),
        "T5": ("Target 95 101", "Sudria"),
        "R4": ("target Arg1:T1 Arg2:T5", ""),
        "A1": ("Kind T1 direct", ""),
        "A2": ("Stance T1 conditional", ""),
        "T6": ("Content 155 172", "the offer a farce"),
        "T7": ("Source 122 147", "Sudria's foreign ministry"),
        "R5": ("source Arg1:T6 Arg2:T7", ""),
        "A3": ("Kind T6 direct", ""),
        "A4": ("Stance T6 hostile", ""),
    }
    assert note["speaker"]["name"] == "Ana Lind"
    assert note["role"]["text"] == "Norland's chief negotiator"
    assert note["probabilities"] == {"hostile": 0.1, "conditional": 0.7, "conciliatory": 0.1, "none": 0.1}
    assert note["confidence"]["source"] == 0.1235


def test_the_configuration_has_every_type_and_value(tmp_path: Path) -> None:
    write_brat([full_analysis()], tmp_path)
    configuration = read_text(tmp_path / "annotation.conf")
    sections = dict(re.findall(r"\[(\w+)\]\n(.*?)(?=\n\[|\Z)", configuration, re.DOTALL))
    assert sections["entities"].split() == ["Content", "Cue", "Source", "Role", "Target"]
    for relation in ("cue", "source", "role", "target"):
        assert f"{relation}\tArg1:Content, Arg2:{relation.capitalize()}\n" in sections["relations"]
    assert "Kind\tArg:Content, Value:direct|mixed|indirect\n" in sections["attributes"]
    assert (
        "Stance\tArg:Content, Value:hostile|conditional|conciliatory|none|unknown\n" in sections["attributes"]
    )


def test_a_source_of_two_quotations_is_one_span(tmp_path: Path) -> None:
    text = "Lind said the talks failed and were over."
    quotations = [
        make_quotation(text, words, id=number, source="Lind", speaker="Ana Lind")
        for number, words in enumerate(["the talks failed", "were over"])
    ]
    write_brat([make_analysis(text, *quotations, id="a")], tmp_path)
    annotations = read_annotations(tmp_path / "000000-a.ann")
    assert [words for what, words in annotations.values() if what.startswith("Source")] == ["Lind"]
    assert annotations["R1"][0] == "source Arg1:T1 Arg2:T2"
    assert annotations["R2"][0] == "source Arg1:T3 Arg2:T2"


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\n\n \t", "\x85", "\u2028", "\x0b\x1c"])
def test_a_span_over_lines_is_one_piece_a_line(line_end: str, tmp_path: Path) -> None:
    words = f"“We leave.{line_end}We return,\u2028”"
    text = f"😀 {words} Lind said."
    quotation = make_quotation(text, words, speaker=words)
    write_brat([make_analysis(text, quotation, id="a")], tmp_path)
    annotations = read_annotations(tmp_path / "000000-a.ann")
    second = text.index("We return")
    assert annotations["T1"][0] == f"Content 2 12;{second} {second + 10};{second + 11} {second + 12}"
    assert json.loads(annotations["#1"][1])["speaker"]["name"] == words


def test_a_quotation_without_words_is_left_out(tmp_path: Path) -> None:
    empty = replace(make_quotation("Nobody\n spoke.", "\n "), id=0)
    write_brat([make_analysis("Nobody\n spoke.", empty, id="a")], tmp_path)
    assert read_text(tmp_path / "000000-a.ann") == ""


def test_lone_surrogates_keep_the_offsets(tmp_path: Path) -> None:
    write_brat([surrogate_analysis()], tmp_path)
    (path,) = tmp_path.glob("*.ann")
    annotations = read_annotations(path)
    assert annotations["T1"] == ("Content 10 21", "“No talks,”")
    assert read_text(path.with_suffix(".txt")) == "A � code. “No talks,” � said."
    assert read_table(tmp_path / "articles.tsv")[1] == [path.stem, "news/\\udcff.txt"]


def test_names_stay_in_the_folder_and_tell_articles_apart(tmp_path: Path) -> None:
    folder = tmp_path / "brat"
    folder.mkdir()
    write_brat([make_analysis("Nobody spoke.", id=id) for id in HOSTILE_IDS], folder)
    assert [path.name for path in tmp_path.iterdir()] == ["brat"]
    names = sorted(path.stem for path in folder.glob("*.txt"))
    assert len(names) == len(HOSTILE_IDS)
    assert all(re.fullmatch(r"\d{6}-[A-Za-z0-9_][A-Za-z0-9_-]{0,59}", name) for name in names)
    assert names[:3] == ["000000-passwd", "000001-article", "000002-con"]
    table = read_table(folder / "articles.tsv")
    assert [row[0] for row in table[1:]] == names
    assert [row[1] for row in table[1:3]] == HOSTILE_IDS[:2]


def test_failures_have_a_table_of_their_own(tmp_path: Path) -> None:
    write_brat([FAILURE, strait_analysis()], tmp_path)
    assert read_table(tmp_path / "failures.tsv") == [
        ["article", "error"],
        ["news/empty.txt", "ArticleError: the file is empty"],
    ]
    assert read_table(tmp_path / "articles.tsv")[1:] == [["000001-strait", "news/strait.txt"]]


def test_articles_are_written_before_the_next_is_asked_for(tmp_path: Path) -> None:
    def results() -> Iterator[Analysis]:
        yield strait_analysis()
        assert (tmp_path / "000000-strait.ann").stat().st_size

    write_brat(results(), tmp_path)


def test_many_articles_go_to_sub_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analyzer.writers.brat, "ARTICLES_PER_FOLDER", 2)
    write_brat(small_analyses(5), tmp_path)
    names = [row[0] for row in read_table(tmp_path / "articles.tsv")[1:]]
    assert names == [
        "000000-article-0",
        "000001-article-1",
        "000002/000002-article-2",
        "000002/000003-article-3",
        "000004/000004-article-4",
    ]
    assert all((tmp_path / f"{name}.ann").is_file() for name in names)


def test_no_results_are_a_folder_with_configuration(tmp_path: Path) -> None:
    write_brat([], tmp_path)
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"annotation.conf", "visual.conf", "articles.tsv", "failures.tsv"}


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    write_brat([strait_analysis()], tmp_path)
    with pytest.raises(FileExistsError):
        write_brat([], tmp_path)
