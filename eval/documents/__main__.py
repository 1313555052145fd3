"""``python -m eval.documents``; see ``eval.documents.filling``."""

from __future__ import annotations

import sys

from eval.documents.filling import ROOT, update
from eval.documents.stored import StoredResults


def main(arguments: list[str]) -> int:
    """Write or, with ``--check``, compare all documents; the exit code is 1 if one differs then."""
    checks = "--check" in arguments
    differing = update(StoredResults(ROOT / "eval" / "results"), write=not checks)
    for name in differing:
        print(f"{name}: {'differs from' if checks else 'brought up to'} the stored results")
    return int(checks and bool(differing))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
