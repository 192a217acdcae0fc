"""Answering button taps."""

from __future__ import annotations

from playground.entities import utf16_length
from playground.errors import JSON, bad_request
from playground.links import start_payload
from playground.methods.registry import Call, method
from playground.taps import CallbackAnswer

ANSWERED_WITHIN = 150
"""Seconds in which a tap can be answered."""
MAX_ANSWER = 200


@method("answerCallbackQuery")
def answer_callback_query(call: Call) -> JSON:
    world, params = call.world, call.params
    text, url = params.text("text"), params.text("url")
    tap = world.taps.get(params.text("callback_query_id").strip())
    too_old = tap is not None and (world.clock.monotonic() - tap.pressed_at > ANSWERED_WITHIN)
    if tap is None or too_old or tap.answer is not None:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if utf16_length(text) > MAX_ANSWER:
        raise bad_request("MESSAGE_TOO_LONG")
    if url and not start_payload(url, world.bot.username or ""):
        raise bad_request("URL_INVALID")
    tap.answer = CallbackAnswer(text or None, params.boolean("show_alert"), url or None)
    world.changed()
    return True
