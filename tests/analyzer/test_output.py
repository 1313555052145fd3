"""Files and folders that are never seen half-written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from analyzer.output import open_binary_output, open_folder_output, open_output


class Stop(Exception):
    pass


def test_a_file_appears_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "out.txt"
    with open_output(path) as stream:
        stream.write("“yes”\r\n")
        assert not path.exists()
    assert path.read_bytes() == "“yes”\r\n".encode()
    assert os.listdir(tmp_path) == ["out.txt"]


@pytest.mark.parametrize("open_any", [open_output, open_binary_output])
def test_after_an_error_the_old_file_is_there_and_nothing_else(tmp_path: Path, open_any) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "out.txt"
    path.write_text("old")
    with pytest.raises(Stop), open_any(path):
        raise Stop
    assert path.read_text() == "old"
    assert os.listdir(tmp_path) == ["out.txt"]


def test_a_folder_takes_the_place_of_the_old_one_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.mkdir()
    (path / "old.txt").write_text("old")
    with open_folder_output(path) as folder:
        (folder / "new.txt").write_text("new")
        assert os.listdir(path) == ["old.txt"]
    assert os.listdir(path) == ["new.txt"]
    assert os.listdir(tmp_path) == ["out"]


def test_after_an_error_the_old_folder_is_there(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.mkdir()
    (path / "old.txt").write_text("old")
    with pytest.raises(Stop), open_folder_output(path):
        raise Stop
    assert os.listdir(path) == ["old.txt"]
    assert os.listdir(tmp_path) == ["out"]


def test_a_folder_that_cannot_take_its_place_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "out"
    path.mkdir()
    (path / "old.txt").write_text("old")
    rename = Path.rename

    def fail(self: Path, target: Path) -> Path:
        if self.name == "new":
            raise OSError("the share is gone")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(OSError, match="share"), open_folder_output(path):
        pass
    assert os.listdir(path) == ["old.txt"]
    assert os.listdir(tmp_path) == ["out"]
