"""Where the key is changed: who announced an action and who answers it is known as before."""

from __future__ import annotations

from bot.safety.keys import Keys, same
from bot.safety.rotation.carrying import CarryOver, Rotation
from handlers.actions.heart.answering import answer_mac
from handlers.actions.heart.reach import answers_purpose, author_purpose
from storage.actions import ActionRow
from storage.answers import AnswerRow


def _carry_author(rotation: Rotation, action: ActionRow) -> None:
    if action.author_tag is not None:
        action.author_tag = rotation.tag(author_purpose(action.id), action.author_tag)


def _carry_answer(rotation: Rotation, row: AnswerRow) -> None:
    is_genuine = same(row.mac, _code_of(row, rotation.old))
    row.person_tag = rotation.tag(answers_purpose(row.action_id), row.person_tag)
    if is_genuine:
        row.mac = _code_of(row, rotation.new)


def _code_of(row: AnswerRow, keys: Keys) -> bytes:
    return answer_mac(keys, row.action_id, row.person_tag, row.answer, row.guests)


CARRIED = (CarryOver(ActionRow, _carry_author), CarryOver(AnswerRow, _carry_answer))
