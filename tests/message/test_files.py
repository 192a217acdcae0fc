"""What a face carries is drawn once it is sent: a face is made in transactions, and costs nothing there."""

from __future__ import annotations

from itertools import islice

from bot.message.face import Drawing
from tests.message.every_face import drawings, faces

_OF_EACH = 5


def test_a_face_that_is_made_has_drawn_nothing() -> None:
    files = [
        face.attachment
        for drawing in drawings()
        for drawn in islice(faces(drawing), _OF_EACH)
        for face in drawn.values()
        if face.attachment is not None
    ]
    drawn = [file for file in files if file.filename.endswith((".png", ".pdf"))]
    assert {file.filename.rpartition(".")[2] for file in drawn} == {"png", "pdf"}
    assert all(isinstance(file.content, Drawing) for file in drawn)
