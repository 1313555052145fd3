"""The record of a run, cut off wherever a kill may cut it."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzer.batch.journal import Journal
from analyzer.batch.worker import Outcome
from analyzer.errors import OutputError
from analyzer.failure import Failure
from tests.hand_made import strait_analysis

SETTINGS = {"inputs": ["news"], "model": "abc"}


def outcome(index: int, *, failed: bool = False) -> Outcome:
    failure = Failure(id=f"{index}.txt", type="ArticleError", message="the file is empty") if failed else None
    line = failure.to_json() if failure else strait_analysis().to_json()
    return Outcome(
        index=index,
        id=f"{index}.txt",
        line=line,
        quotations=0 if failed else 2,
        failure=failure,
        size=10,
        seconds=0.1,
    )


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """The output of a run that has written three results, of which the second is a failure, and was killed."""
    output = tmp_path / "out.csv"
    with Journal(output) as journal:
        journal.begin(SETTINGS)
        for number in range(3):
            journal.append(outcome(number, failed=number == 1))
    return output


def resumed(output: Path) -> tuple[list[bool], int, bytes]:
    """Which of four tasks are done, how many quotations there are, and the results that are left."""
    with Journal(output) as journal:
        done, tally = journal.resume(SETTINGS)
        assert tally.articles == sum(done.has(number, f"{number}.txt") for number in range(4))
    return (
        [done.has(number, f"{number}.txt") for number in range(4)],
        tally.quotations,
        journal.results_path.read_bytes(),
    )


def test_what_is_whole_is_done(written: Path) -> None:
    before = written.with_name("out.csv.partial").read_bytes()
    assert resumed(written) == ([True, True, True, False], 4, before)


@pytest.mark.parametrize("name", ["out.csv.partial", "out.csv.partial.index"])
def test_cut_off_anywhere_the_rest_is_whole_lines(written: Path, name: str) -> None:
    path = written.with_name(name)
    results, index = (written.with_name(f"out.csv.partial{end}") for end in ("", ".index"))
    whole = results.read_bytes(), index.read_bytes()
    settings_end = whole[1].index(b"\n") + 1
    for size in range(settings_end if path == index else 0, path.stat().st_size, 13):
        results.write_bytes(whole[0])
        index.write_bytes(whole[1])
        with path.open("r+b") as stream:
            stream.truncate(size)
        done, _, left = resumed(written)
        assert left.splitlines() == whole[0].splitlines()[: sum(done)]
        assert left.endswith(b"\n") or not left
        assert not done[2]


def test_results_after_resuming_follow_the_whole_ones(written: Path) -> None:
    path = written.with_name("out.csv.partial")
    with path.open("ab") as stream:
        stream.write(b'{"schema": 1, "id": "torn')
    with Journal(written) as journal:
        journal.resume(SETTINGS)
        journal.append(outcome(3))
        assert [result.id for result in journal.results()] == [
            "news/strait.txt",
            "1.txt",
            "news/strait.txt",
            "news/strait.txt",
        ]


def test_results_out_of_order_are_known(tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    with Journal(output) as journal:
        journal.begin(SETTINGS)
        journal.append(outcome(3))
        journal.append(outcome(0))
    assert resumed(output)[0] == [True, False, False, True]


def test_another_article_in_the_same_place_is_refused(written: Path) -> None:
    with Journal(written) as journal:
        done, _ = journal.resume(SETTINGS)
        with pytest.raises(OutputError, match=r"article 2 is now other\.txt"):
            done.has(1, "other.txt")


def test_other_settings_are_refused_by_name(written: Path) -> None:
    with Journal(written) as journal, pytest.raises(OutputError, match=r"other settings \(model\)"):
        journal.resume(SETTINGS | {"model": "def"})


def test_damaged_settings_are_refused(written: Path) -> None:
    written.with_name("out.csv.partial.index").write_bytes(b"\0\0\0\0")
    with Journal(written) as journal, pytest.raises(OutputError, match="damaged at its beginning"):
        journal.resume(SETTINGS)


@pytest.mark.parametrize("name", ["out.csv.partial", "out.csv.partial.index"])
def test_half_a_record_is_none(written: Path, name: str) -> None:
    written.with_name(name).unlink()
    with Journal(written) as journal:
        assert not journal.exists


def test_beginning_anew_leaves_nothing_of_the_old_record(written: Path) -> None:
    with Journal(written) as journal:
        journal.begin(SETTINGS)
        journal.append(outcome(0))
    assert resumed(written)[0] == [True, False, False, False]


def test_two_runs_cannot_write_to_one_record(tmp_path: Path) -> None:
    with (
        Journal(tmp_path / "out.csv"),
        pytest.raises(OutputError, match="another run is writing"),
        Journal(tmp_path / "out.csv"),
    ):
        pass


def test_nothing_is_left_beside_the_output(written: Path) -> None:
    with Journal(written) as journal:
        journal.resume(SETTINGS)
        journal.become(written)
    assert [path.name for path in written.parent.iterdir()] == ["out.csv"]


def test_results_of_a_deleted_record_are_saved(
    written: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    safe = tmp_path_factory.mktemp("safe")
    monkeypatch.setattr("tempfile.tempdir", str(safe))
    before = written.with_name("out.csv.partial").read_bytes()
    with Journal(written) as journal:
        journal.resume(SETTINGS)
        journal.results_path.unlink()
        journal.index_path.unlink()
        with pytest.raises(OSError, match="move both files back"):
            journal.sync()
    (folder,) = safe.iterdir()
    assert (folder / "out.csv.partial").read_bytes() == before
    assert (folder / "out.csv.partial.index").read_bytes()


def test_through_a_link_the_record_is_where_the_output_is(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    link = tmp_path / "out.jsonl"
    link.symlink_to(tmp_path / "far" / "out.jsonl")
    with Journal(link) as journal:
        journal.begin(SETTINGS)
        journal.append(outcome(0))
        assert journal.results_path.parent == tmp_path / "far"
        journal.become(link)
    assert link.is_symlink()
    assert link.read_bytes()
