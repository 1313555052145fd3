"""The JSON form of annotated articles: what is written is read again, and nothing else is accepted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from analyzer.quotation import Role, Target
from corpus.annotated import AnnotatedArticle, AnnotatedQuotation, AnnotatedStance, Entity
from corpus.json_form import AnnotationError, dump_article, load_article

TEXT = "Envoy Ana Lind said\r\nNorland would return if Sudria paid 5 €.\n"

ROLE = Role(
    text="Envoy",
    spans=((0, 5),),
    title="envoy",
    affiliation=None,
    country=None,
    category="diplomat",
)
ARTICLE = AnnotatedArticle(
    id="strait",
    text=TEXT,
    quotations=(
        AnnotatedQuotation(
            id=4,
            content=((21, 28), (35, 61)),
            cue=((15, 19),),
            source=((0, 14),),
            kind="indirect",
            speaker=2,
            role=ROLE,
            stances=(
                AnnotatedStance(
                    label="conditional",
                    target=Target(name="Sudria", country=None, spans=((45, 51),)),
                    evidence=((42, 61),),
                    consequence="cooperative",
                ),
            ),
        ),
        AnnotatedQuotation(id=5, content=((21, 28),)),
    ),
    entities=(
        Entity(id=2, name="Ana Lind", kind="person", country=None, mentions=((6, 14),), roles=(ROLE,)),
    ),
    metadata={"annotator": "A"},
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The article's JSON, with its text beside it."""
    path = tmp_path / "strait.json"
    dump_article(ARTICLE, path)
    path.with_suffix(".txt").write_bytes(TEXT.encode())
    return path


def change(path: Path, *keys: str | int, to: Any) -> None:
    """Set the value at *keys* in the JSON document at *path*."""
    document = json.loads(path.read_text(encoding="utf-8"))
    place = document
    for key in keys[:-1]:
        place = place[key]
    place[keys[-1]] = to
    path.write_text(json.dumps(document), encoding="utf-8")


def problems_of(path: Path) -> tuple[str, ...]:
    with pytest.raises(AnnotationError) as caught:
        load_article(path)
    return caught.value.problems


def test_what_is_written_is_read_again(path: Path) -> None:
    assert load_article(path) == ARTICLE


def test_no_word_of_the_text_but_names_is_written(path: Path) -> None:
    written = path.read_text(encoding="utf-8")
    assert "Envoy" not in written
    assert "would return" not in written


def test_each_quotation_and_speaker_has_its_line(path: Path) -> None:
    rows = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("  {")]
    assert [json.loads(row.rstrip(","))["id"] for row in rows] == [4, 5, 2]


def test_text_may_stand_elsewhere(path: Path) -> None:
    path.with_suffix(".txt").unlink()
    assert load_article(path, text=TEXT) == ARTICLE


def test_another_text_is_refused(path: Path) -> None:
    path.with_suffix(".txt").write_bytes(TEXT.replace("\r\n", "\n").encode())
    (problem,) = problems_of(path)
    assert problem.startswith(f"{path}: the text is not the one that it annotates: its SHA-256 is ")
    assert ARTICLE.sha256 in problem


def test_missing_files_are_named(path: Path) -> None:
    path.with_suffix(".txt").unlink()
    assert problems_of(path) == (f"{path.with_suffix('.txt')}: cannot be read: No such file or directory",)
    path.unlink()
    assert problems_of(path) == (f"{path}: cannot be read: No such file or directory",)


def test_bytes_that_are_not_utf8_are_located(path: Path) -> None:
    path.with_suffix(".txt").write_bytes(b"Envoy \xff")
    assert problems_of(path) == (f"{path.with_suffix('.txt')}: byte 6: not UTF-8; convert the file to UTF-8",)


def test_broken_json_is_located(path: Path) -> None:
    path.write_text('{\n "schema": 1,\n "id" "x"}', encoding="utf-8")
    (problem,) = problems_of(path)
    assert problem.startswith(f"{path}: line 3, column 7: not JSON")


@pytest.mark.parametrize(
    ("keys", "value", "place"),
    [
        (["schema"], 2, "schema"),
        (["comment"], "x", "comment"),
        (["quotations", 0, "kind"], "quoted", "quotations[0].kind"),
        (["quotations", 0, "id"], "4", "quotations[0].id"),
        (["quotations", 0, "id"], True, "quotations[0].id"),
        (["quotations", 1, "content", 0, 1], 28.5, "quotations[1].content[0][1]"),
        (["quotations", 1, "content", 0], [1, 2, 3], "quotations[1].content[0]"),
        (["quotations", 0, "stances", 0, "label"], "angry", "quotations[0].stances[0].label"),
        (["quotations", 0, "stances", 0, "consequence"], "bad", "quotations[0].stances[0].consequence"),
        (["quotations", 0, "stances", 0, "target"], "Sudria", "quotations[0].stances[0].target"),
        (["quotations", 0, "role", "category"], "envoy", "quotations[0].role.category"),
        (["quotations", 0, "role", "text"], "Envoy", "quotations[0].role.text"),
        (["entities", 0, "kind"], "robot", "entities[0].kind"),
        (["metadata", "year"], 2020, "metadata.year"),
    ],
)
def test_wrong_shape_is_refused_with_its_place(
    path: Path, keys: list[str | int], value: object, place: str
) -> None:
    change(path, *keys, to=value)
    (problem,) = problems_of(path)
    assert problem.startswith(f"{path}: {place}: ")


def test_all_deviations_are_reported_at_once(path: Path) -> None:
    change(path, "quotations", 0, "stances", 0, "label", to="angry")
    change(path, "entities", 0, to={"id": 2, "kind": "person", "country": None, "mentions": [], "roles": []})
    problems = problems_of(path)
    assert [problem.removeprefix(f"{path}: ").split(": ")[0] for problem in problems] == [
        "quotations[0].stances[0].label",
        "entities[0].name",
    ]


def test_document_that_is_no_object_is_refused(path: Path) -> None:
    path.write_text("[]", encoding="utf-8")
    (problem,) = problems_of(path)
    assert problem.startswith(f"{path}: the document: ")
