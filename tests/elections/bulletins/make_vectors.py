"""Good and bad bulletins, with what a check has to find in them, for every program that checks bulletins.

`python -m tests.elections.bulletins.make_vectors` writes the folder `vectors` anew: an `index.json`, and the
files that it names. Keys and codes are fixed, so the same files come out each time.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from tests.elections.bulletins.vectors_alone import ALONE
from tests.elections.bulletins.vectors_in_a_row import IN_A_ROW

FOLDER = Path(__file__).parent / "vectors"


def made() -> Mapping[str, bytes]:
    """The contents of the folder, by file name."""
    files: dict[str, bytes] = {}
    vectors = []
    for vector in (*ALONE, *IN_A_ROW):
        for name, content in vector.files.items():
            if files.setdefault(name, content) != content:
                raise ValueError(f"{name} stands for two texts")
        vectors.append(vector.as_plain())
    index = json.dumps({"format": 1, "vectors": vectors}, ensure_ascii=False, indent=1)
    return {"index.json": f"{index}\n".encode(), **files}


if __name__ == "__main__":
    for old in FOLDER.iterdir():
        old.unlink()
    for file_name, content in made().items():
        (FOLDER / file_name).write_bytes(content)
