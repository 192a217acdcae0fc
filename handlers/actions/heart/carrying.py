"""Where the key is changed: who announced an action and who answers it is known as before."""

from __future__ import annotations

from bot.safety.keys import same
from bot.safety.rotation.carrying import CarryOver, Rotation
from handlers.actions.heart.answering import answer_mac
from handlers.actions.heart.reach import answers_purpose, author_purpose
from storage.actions import ActionRow, AnswerRow


def _carry_author(rotation: Rotation, action: ActionRow) -> None:
    if action.author_tag is not None:
        action.author_tag = rotation.tag(author_purpose(action.id), action.author_tag)


def _carry_answer(rotation: Rotation, row: AnswerRow) -> None:
    was_made = answer_mac(rotation.old, row.action_id, row.person_tag, row.answer)
    is_genuine = same(row.mac, was_made)
    row.person_tag = rotation.tag(answers_purpose(row.action_id), row.person_tag)
    if is_genuine:
        row.mac = answer_mac(rotation.new, row.action_id, row.person_tag, row.answer)


CARRIED = (CarryOver(ActionRow, _carry_author), CarryOver(AnswerRow, _carry_answer))
