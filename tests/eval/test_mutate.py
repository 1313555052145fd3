"""The check of the tests, on a measure and a test that are made for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.mutate import ROOT, Mutation, load_mutations, mutate, run_mutations


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in ("eval", "tests/eval"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text('[tool.pytest.ini_options]\npythonpath = ["."]\n')
    (tmp_path / "eval" / "double.py").write_text("def double(n):\n    return n * 2\n\n\nUNUSED = 1\n")
    (tmp_path / "tests" / "eval" / "test_double.py").write_text(
        "import double\n\n\ndef test_double():\n    assert double.double(3) == 6\n".replace(
            "import double", "import sys\n\nsys.path.insert(0, 'eval')\nimport double"
        )
    )
    return tmp_path


def test_what_tests_notice_and_what_they_do_not(tree: Path) -> None:
    mutations = [
        Mutation("double.py", "test_double.py", "n * 2", "n * 3"),
        Mutation("double.py", "test_double.py", "UNUSED = 1", "UNUSED = 2"),
        Mutation("double.py", "test_double.py", "def double", "fed double"),
    ]
    assert [outcome for _, outcome in run_mutations(mutations, tree)] == ["killed", "survived", "broken"]
    assert "n * 2" in (tree / "eval" / "double.py").read_text()


def test_tests_that_fail_anyway_tell_nothing(tree: Path) -> None:
    (tree / "eval" / "double.py").write_text("def double(n):\n    return n * 4\n")
    with pytest.raises(ValueError, match=r"tests/eval/test_double.py fails as it is"):
        list(run_mutations([Mutation("double.py", "test_double.py", "n * 4", "n * 3")], tree))


def test_a_mutation_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match=r"eval/a.py: 'x' occurs 2 times and not once"):
        mutate(Mutation("a.py", "test_a.py", "x", "y"), "x + x")


def test_every_mutation_fits_the_code_as_it_is() -> None:
    mutations = load_mutations()
    assert len(mutations) > 50
    for mutation in mutations:
        assert (ROOT / "tests" / "eval" / mutation.tests).exists()
        mutate(mutation, (ROOT / "eval" / mutation.file).read_text(encoding="utf-8"))


def test_a_row_of_other_fields_is_refused(tmp_path: Path) -> None:
    (tmp_path / "table.tsv").write_text("a.py\ttest_a.py\tx\n")
    with pytest.raises(ValueError, match=r"table.tsv: not file, tests, old and new text"):
        load_mutations(tmp_path / "table.tsv")
