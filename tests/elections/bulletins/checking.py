"""Somebody who checks bulletins with the page, and reads what it says in each language."""

from __future__ import annotations

import asyncio
import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.domain.elections.bulletins.findings import Verdict
from tests.message.catalogs import LANGUAGES, catalog

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

_PAGE = "bulletins.page."
_FINDING = re.compile(r"finding\.(?P<code>\w+?)(_one)?|unreadable\.\w+")

# Puts files, and what was seen in the chat, where a hand would, and reads the answer in each language.
_CHECK = """
const [files, key, heads, code, done] = arguments;
const byId = (id) => document.getElementById(id);
const wait = (holds) => new Promise((go) => {
  const look = () => (holds() ? go() : setTimeout(look, 1));
  look();
});
const type = (id, text) => {
  byId(id).value = text;
  byId(id).dispatchEvent(new Event("input"));
};
const texts = (selector) => Array.from(document.querySelectorAll(selector), (node) => node.textContent);
(async () => {
  byId("again").click();
  const picked = new DataTransfer();
  for (const [name, content] of files) {
    const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0));
    picked.items.add(new File([bytes], name));
  }
  byId("files").files = picked.files;
  byId("files").dispatchEvent(new Event("change"));
  await wait(() => !byId("found").hidden && byId("busy").hidden);
  if (key && byId("seen-key")) type("seen-key", key);
  for (const [number, head] of heads) {
    if (byId("seen-head-" + number)) type("seen-head-" + number, head);
    else {
      type("number", number);
      type("head", head);
    }
  }
  if (code !== null) {
    byId("code").value = code;
    byId("search").requestSubmit();
    await wait(() => !byId("line").hidden);
  }
  done(Array.from(document.querySelectorAll("#languages button"), (_, at) => {
    document.querySelectorAll("#languages button")[at].click();
    const answer = document.querySelector("#line .answer");
    return {
      verdict: document.querySelector("#verdict h2").textContent.slice(1),
      weight: byId("verdict").className,
      answer: answer ? answer.className.split(" ")[1] : null,
      told: texts("#verdict li, #line .told li"),
      places: texts("#line .places li"),
      kept: byId("code").value,
    };
  }));
})();
"""


@dataclass(frozen=True)
class Said:
    """What the page came to: the gravest verdict, codes of findings, and where a code stands, in words."""

    verdict: str
    findings: tuple[str, ...]
    places: tuple[str, ...]


def words(language: str, key: str) -> str:
    return catalog(language)[_PAGE + key].forms[0]


async def check(
    driver: Chrome,
    files: Mapping[str, bytes],
    key: str | None = None,
    heads: Sequence[str] = (),
    code: str | None = None,
) -> Said:
    """Check files on the page. It has to say the same in every language."""
    contents = [[name, b64encode(content).decode()] for name, content in files.items()]
    seen = [head.split(":") for head in heads]
    answers = await asyncio.to_thread(
        driver.execute_async_script, _CHECK, contents, key, seen, code
    )
    said = [_said(language, answer) for language, answer in zip(LANGUAGES, answers, strict=True)]
    assert {(one.verdict, one.findings) for one in said} == {(said[0].verdict, said[0].findings)}
    return said[0]


def _said(language: str, answer: Mapping[str, Any]) -> Said:
    assert answer["verdict"] == words(language, f"verdict.{answer['weight']}")
    assert answer["kept"] == "", "the code"
    told = {_code_of(language, sentence) for sentence in answer["told"]}
    gravity = [verdict.value for verdict in Verdict]
    verdict = max(filter(None, (answer["weight"], answer["answer"])), key=gravity.index)
    return Said(verdict, tuple(sorted(told)), tuple(answer["places"]))


def _code_of(language: str, sentence: str) -> str:
    """Which finding a sentence tells, by the catalog: it may be of one only."""
    codes = {
        match["code"] or "unreadable"
        for key, entry in catalog(language).items()
        if (match := _FINDING.fullmatch(key.removeprefix(_PAGE)))
        and re.fullmatch(rf"(?:\S+\.txt: )?{_pattern(entry.forms[0])}", sentence)
    }
    assert len(codes) == 1, f"{sentence!r} could be {codes}"
    return codes.pop()


def _pattern(text: str) -> str:
    return re.sub(r"\\\{\w+\\\}", "[^,]+", re.escape(text))
