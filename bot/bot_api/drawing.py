"""Files are drawn in the moment of sending: off the event loop, and beside every transaction."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from bot.message.face import Face

_DRAWING = ThreadPoolExecutor(max_workers=1, thread_name_prefix="drawing")


async def drawn_aside(face: Face) -> Face:
    """The same with its file drawn, where it carries one; off the event loop. One drawing at a time: many who
    ask at once leave the processor to others, and those who ask for the same find it drawn."""
    file = face.attachment
    if file is None or isinstance(file.content, bytes):
        return face
    content = await asyncio.get_running_loop().run_in_executor(_DRAWING, file.drawn)
    return replace(face, attachment=replace(file, content=content))
