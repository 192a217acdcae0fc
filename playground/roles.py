"""Who somebody is in a group, and what they may do there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from playground.errors import JSON
    from playground.people import Account

Status = Literal["creator", "administrator", "member", "restricted", "left", "kicked"]

PRESENT: tuple[Status, ...] = ("creator", "administrator", "member", "restricted")

ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
    "can_manage_topics",
)
USUAL_RIGHTS = frozenset(ADMIN_RIGHTS) - {
    "can_promote_members",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
}
"""What an administrator gets when nobody chooses."""

PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
    "can_edit_tag",
    "can_react_to_messages",
)
ORDINARY_PERMISSIONS = frozenset(PERMISSIONS) - {
    "can_change_info",
    "can_pin_messages",
    "can_manage_topics",
}
"""What a new group lets its ordinary members do."""


@dataclass
class Member:
    """One account's place in one group.

    `rights` are an administrator's rights or a restricted member's permissions.
    """

    account: Account
    status: Status
    rights: frozenset[str] = field(default_factory=frozenset)
    is_anonymous: bool = False
    custom_title: str | None = None

    @property
    def is_present(self) -> bool:
        return self.status in PRESENT

    @property
    def is_admin(self) -> bool:
        return self.status in ("creator", "administrator")

    def has(self, right: str) -> bool:
        """Whether this administrator has the right; a creator has every right."""
        return self.status == "creator" or (self.status == "administrator" and right in self.rights)

    def json(self) -> dict[str, JSON]:
        """A Bot API `ChatMember` of the variant that fits the status."""
        fields: dict[str, JSON] = {"user": self.account.json(), "status": self.status}
        if self.is_admin:
            fields["is_anonymous"] = self.is_anonymous
            if self.custom_title:
                fields["custom_title"] = self.custom_title
        if self.status == "administrator":
            fields["can_be_edited"] = False
            fields |= {right: right in self.rights for right in ADMIN_RIGHTS}
        elif self.status == "restricted":
            fields |= {"is_member": True, "until_date": 0}
            fields |= {permission: permission in self.rights for permission in PERMISSIONS}
        elif self.status == "kicked":
            fields["until_date"] = 0
        return fields
