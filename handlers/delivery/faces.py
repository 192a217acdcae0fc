"""What a chat sees of delivery itself: a question, a list, a line."""

from __future__ import annotations

from bot.delivery.setbacks.obstacles import Obstacle, meaning
from bot.message.face import Button, Face
from bot.message.words import Html, Words, paragraphs
from handlers.delivery.payloads import Arrived, SendAgain, TryNow
from handlers.delivery.use_cases import Passed, Question, RefusedPost

MOST_LISTED = 12


def draw_question(question: Question, words: Words) -> Face:
    """Only organisers may answer, which is asked when they tap; others read that."""
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
        Html("\n".join([*listed, *_zones(passed, words)])),
        words("delivery.passed.advice"),
    ]
    return Face(paragraphs(*parts), is_silent=True)


def draw_refused(refused: RefusedPost, words: Words) -> Face:
    """Only organisers may try again, which is asked when they tap; others read that."""
    headline = _headline(refused.headline, words)
    match meaning(refused.words):
        case Obstacle.PAYMENT:
            text = words("delivery.not_free", headline=headline)
        case Obstacle.UNKNOWN:
            text = words("delivery.not_taken", headline=headline, words=refused.words)
        case _:
            text = words("delivery.not_allowed", headline=headline)
    try_now = Button(words.plain("delivery.button.try_now"), TryNow(refused.row))
    return Face(text, ((try_now,),), is_silent=True)


def draw_unsaid_page(found: Question | RefusedPost, words: Words) -> Face:
    """For whoever tapped beneath one of these and doesn't decide it."""
    kind = "uncertain" if isinstance(found, Question) else "waiting"
    return Face(words(f"delivery.page.{kind}", headline=_headline(found.headline, words)))


def draw_return(_chat_id: int, words: Words) -> Face:
    return Face(words("delivery.back"))


def _line(passed: Passed, words: Words) -> Html:
    moment = words.moment_in_list(passed.moment.wall)
    return words("delivery.passed.item", headline=_headline(passed.headline, words), moment=moment)


def _zones(passed: tuple[Passed, ...], words: Words) -> list[Html]:
    """The chat's zone, once for the whole list."""
    return [words.zone_of_list(zone) for zone in sorted({each.moment.zone for each in passed})]


def _headline(headline: str, words: Words) -> object:
    return headline or words("delivery.wordless")
