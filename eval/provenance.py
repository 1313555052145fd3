"""What an evaluation was made with, so that somebody else can make it again."""

from __future__ import annotations

import platform
import shlex
import subprocess
import sys
from pathlib import Path

from eval.signature import distribution_version

_PACKAGES = ("communique", "numpy", "scipy", "scikit-learn", "torch", "transformers")
_GIT_SECONDS = 10


def typed_command() -> str:
    """The command as the user typed it, quoted for a shell."""
    return shlex.join(["communique", *sys.argv[1:]])


def versions() -> dict[str, str]:
    """The versions of Python and of the packages that figures depend on."""
    return {"python": platform.python_version()} | {name: distribution_version(name) for name in _PACKAGES}


def git_commit() -> str | None:
    """The commit of the code, and whether it was changed since; ``None`` if this code is in no repository."""
    here = Path(__file__)
    # A repository around an installed package is somebody else's.
    if _git(here.parent, "ls-files", "--error-unmatch", "__init__.py") is None:
        return None
    commit = _git(here.parent, "rev-parse", "HEAD")
    changed = _git(here.parents[1], "status", "--porcelain")
    return commit if commit is None or not changed else f"{commit} with changes"


def _git(folder: Path, *arguments: str) -> str | None:
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments],
            capture_output=True,
            text=True,
            timeout=_GIT_SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()
