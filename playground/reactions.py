"""The emoji that anybody may react with. Source: `ReactionTypeEmoji` of the Bot API documentation."""

from __future__ import annotations

_EMOJI = (
    "\N{HEAVY BLACK HEART} 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 "
    "\N{HEAVY BLACK HEART}\N{ZERO WIDTH JOINER}🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 "
    "👨\N{ZERO WIDTH JOINER}💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 "
    "🤷\N{ZERO WIDTH JOINER}♂ 🤷 🤷\N{ZERO WIDTH JOINER}♀ 😡"
)
REACTIONS = frozenset(_EMOJI.split())
