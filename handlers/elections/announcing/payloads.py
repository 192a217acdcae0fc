"""What the buttons around an election that isn't published yet carry."""

from __future__ import annotations

from typing import Annotated

from bot.message.payload import AtMost, Payload


class PreviewPage(Payload, code="e.preview"):
    """The rule in words and what it means, with Publish and Cancel."""

    draft: int


class RulePage(Payload, code="e.rule"):
    """The rules to choose from, and whom the base counts."""

    draft: int


class ChooseRule(Payload, code="e.rule!"):
    draft: int
    preset: Annotated[str, AtMost(20)]


class ChooseCounted(Payload, code="e.counted!"):
    draft: int
    counted: Annotated[str, AtMost(20)]


class Publish(Payload, code="e.publish"):
    draft: int


class DropDraft(Payload, code="e.drop", ends=True):
    draft: int


class DraftDeadlinePage(Payload, code="ee.draft"):
    """When signing is to end, in an election that isn't published yet."""

    draft: int


class SetDraftDeadline(Payload, code="ee.draft!"):
    draft: int
    preset: Annotated[str, AtMost(20)]


class TypeDraftDeadlinePage(Payload, code="ee.drafttype", typing=True):
    """Asks for a moment of one's own."""

    draft: int


class ElectorsPage(Payload, code="ec.who_signs"):
    """How often one person signs, and whether newcomers may, before an election is published."""

    draft: int


class ChooseForEach(Payload, code="ec.each!"):
    """One signature for each candidate, or one in all."""

    draft: int
    each: bool


class ChooseNewcomers(Payload, code="ec.late!"):
    """Whether those who join later sign too."""

    draft: int
    may: bool
