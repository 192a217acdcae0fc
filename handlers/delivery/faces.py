"""What a chat sees of delivery itself: a question, a list, a line."""

from __future__ import annotations

from bot.message.face import Button, Face
from bot.message.words import Html, Words, paragraphs
from handlers.delivery.payloads import Arrived, SendAgain
from handlers.delivery.use_cases import Passed, Question

MOST_LISTED = 12


def draw_question(question: Question, words: Words) -> Face:
    """Only organisers may answer, which is asked when they tap."""
    again = Button(words.plain("delivery.button.again"), SendAgain(question.row))
    arrived = Button(words.plain("delivery.button.arrived"), Arrived(question.row))
    text = words("delivery.question", headline=_headline(question.headline, words))
    return Face(text, ((arrived,), (again,)))


def draw_passed(passed: tuple[Passed, ...], words: Words) -> Face:
    """The latest are the likeliest to matter still."""
    listed = [_line(each, words) for each in passed[-MOST_LISTED:]]
    left_out = len(passed) - len(listed)
    parts = [
        words("delivery.passed.heading"),
        *([words.count("delivery.passed.earlier", left_out)] if left_out else []),
        Html("\n".join(listed)),
        words("delivery.passed.advice"),
    ]
    return Face(paragraphs(*parts), is_silent=True)


def draw_not_allowed(headline: str, words: Words) -> Face:
    return Face(words("delivery.not_allowed", headline=_headline(headline, words)), is_silent=True)


def draw_return(_chat_id: int, words: Words) -> Face:
    return Face(words("delivery.back"))


def _line(passed: Passed, words: Words) -> Html:
    moment = words.moment(passed.moment.wall, passed.moment.zone)
    return words("delivery.passed.item", headline=_headline(passed.headline, words), moment=moment)


def _headline(headline: str, words: Words) -> object:
    return headline or words("delivery.wordless")
