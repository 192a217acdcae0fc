"""What people see of bulletins and proof codes."""

from __future__ import annotations

from bot.domain.elections.bulletins.bulletin import OTHER
from bot.domain.elections.bulletins.proof_codes import in_groups
from bot.message.face import Attachment, Button, Face
from bot.message.payload import Payload
from bot.message.words import Html, Words, paragraphs
from handlers.elections.bulletins.payloads import CodePage, GuidePage, LookPage, ProofPage
from handlers.elections.bulletins.use_cases import Found, Look, OwnSignature, Published
from handlers.elections.card.payloads import MorePage, NumbersPage
from handlers.elections.heart.check_page.page import FILE_NAME, page_hash
from handlers.elections.heart.guide import guide
from handlers.elections.signing.payloads import SignPage

_MOST_PLACES = 10


def draw_bulletin(bulletin: Published, words: Words) -> Face:
    """The file; beside it what pins it down, so that nobody can be given another one."""
    key = "bulletins.post.last" if bulletin.is_last else "bulletins.post.next"
    text = words(
        key,
        n=words.number(bulletin.number),
        title=bulletin.title,
        day=words.day_inside(bulletin.day),
        head=bulletin.head,
        fingerprint=bulletin.fingerprint,
    )
    name = f"bulletin-{bulletin.number}.txt"
    return Face(text, attachment=Attachment(name, bulletin.text.encode()))


def draw_check_page(page: bytes, words: Words) -> Face:
    """The page for a phone that checks bulletins; beside it what a swapped one wouldn't have."""
    text = words("bulletins.post.check_page", name=FILE_NAME, hash=page_hash())
    return Face(text, attachment=Attachment(FILE_NAME, page))


def draw_proof_page(own: OwnSignature, words: Words) -> Face:
    """What the code is good for and what it can do, before it is there."""
    return Face(
        words("bulletins.proof.question", title=own.title),
        (
            (
                Button(
                    words.plain("bulletins.button.show"),
                    CodePage(own.election_id, own.candidate_id),
                ),
            ),
            (_look_button(own, words),),
            (_guide_button(words, own.election_id, own.candidate_id),),
            (Button(words.plain("frame.button.back"), SignPage(own.election_id)),),
        ),
    )


def draw_code_page(own: OwnSignature, words: Words) -> Face:
    """The code, and how to make it go away."""
    hide = Button(
        words.plain("bulletins.button.hide"), ProofPage(own.election_id, own.candidate_id)
    )
    whose = _whose(own.name, own.title, words, is_recall=own.is_recall)
    code = words("bulletins.proof.code", code=in_groups(own.code or ""), whose=whose)
    return Face(code, ((_look_button(own, words),), (hide,)))


def draw_look_page(look: Look, words: Words) -> Face:
    """Whether one's signature stands in the latest bulletin; where it doesn't yet, when to look again."""
    own, at = look.own, (look.own.election_id, look.own.candidate_id)
    before = ProofPage(*at) if look.is_open else MorePage(own.election_id)
    back = Button(words.plain("frame.button.back"), before)
    guide_page = _guide_button(words, own.election_id, own.candidate_id if look.is_open else 0)
    rows = ((guide_page,), (back,))
    if look.found is not None:
        return Face(_places_in_words(look.found, words), rows)
    if look.latest is None:
        parts = [words("bulletins.look.none_yet")]
    else:
        number, day = look.latest
        day_in_words = words.day_inside(day, today=look.today)
        parts = [words("bulletins.look.not_yet", n=words.number(number), day=day_in_words)]
    if look.next_at is not None:
        moment = words.moment_in_list(look.next_at.replace(tzinfo=None), today=look.today)
        parts.append(words("bulletins.look.next", moment=moment))
    return Face(paragraphs(*parts), rows)


def draw_guide(page: GuidePage, key: str | None, words: Words) -> Face:
    if page.candidate:
        came_from: Payload = ProofPage(page.election, page.candidate)
    else:
        came_from = NumbersPage(page.election)
    back = Button(words.plain("frame.button.back"), came_from)
    parts = [guide("bulletins", words)]
    parts += [words("bulletins.key", fingerprint=key)] if key else []
    return Face(paragraphs(*parts), ((back,),) if page.election else ())


def draw_found(found: Found | None, words: Words) -> Face:
    """What became of a code that was typed, which is to be deleted now."""
    if found is None:
        return Face(words("bulletins.check.missing"), ((_guide_button(words),),))
    text = paragraphs(_places_in_words(found, words), words("bulletins.check.delete"))
    return Face(text, ((_guide_button(words),),))


def _places_in_words(found: Found, words: Words) -> Html:
    if len(found.places) > 1:
        return _twice(found, words)
    ((candidate, _building),) = found.places
    return words(
        "bulletins.check.found",
        n=words.number(found.number),
        day=words.day_inside(found.day, today=found.today),
        whose=_whose(candidate, found.title, words, is_recall=found.is_recall),
    )


def _twice(found: Found, words: Words) -> Html:
    """One signature in several places: what nobody but its owner can see, and nobody should hush up."""
    places = (
        words("bulletins.check.other", name=name)
        if building == OTHER
        else words("bulletins.check.place", name=name, building=building)
        for name, building in found.places[:_MOST_PLACES]
    )
    return words(
        "bulletins.check.twice",
        n=words.number(found.number),
        day=words.day_inside(found.day, today=found.today),
        title=found.title,
        places=Html("\n".join(places)),
    )


def _look_button(own: OwnSignature, words: Words) -> Button:
    page = LookPage(own.election_id, own.candidate_id)
    return Button(words.plain("bulletins.button.look"), page)


def _guide_button(words: Words, election_id: int = 0, candidate_id: int = 0) -> Button:
    return Button(words.plain("bulletins.button.guide"), GuidePage(election_id, candidate_id))


def _whose(name: str, title: str, words: Words, *, is_recall: bool) -> Html:
    """For whom a signature is, or that it is for a recall."""
    if is_recall:
        return words("recall.whose", title=title)
    return words("bulletins.whose", name=name, title=title)
