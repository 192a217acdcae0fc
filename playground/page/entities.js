import { element } from "./element.js";

const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const SIMPLE = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  pre: "pre",
};

/**
 * A text with its entities as DOM nodes. Offsets count UTF-16 units, as JavaScript's strings do.
 * `follow(url)` is called for links, `order(command)` for commands, which are sent by a tap, and `take(words)`
 * for code, which people tap to use it.
 */
export function formatted(text, entities, { follow, order, take }) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return nodes(0, text.length, sorted);

  function nodes(start, end, inside) {
    const result = [];
    let at = start;
    while (inside.length) {
      const entity = inside[0];
      const from = Math.max(entity.offset, at);
      const to = Math.min(entity.offset + entity.length, end);
      const nested = inside.slice(1).filter((other) => other.offset < to);
      inside = inside.slice(1 + nested.length);
      if (to <= from) continue;
      pushText(result, text.slice(at, from), BLOCKS.has(entity.type));
      result.push(dressed(entity, text.slice(from, to), nodes(from, to, nested)));
      at = to;
    }
    pushText(result, text.slice(at, end), false);
    return result;
  }

  function dressed(entity, words, content) {
    const tag = SIMPLE[entity.type];
    if (tag) return element(tag, {}, ...content);
    switch (entity.type) {
      case "blockquote":
      case "expandable_blockquote":
        return element("blockquote", {}, ...content);
      case "spoiler":
        return spoiler(content);
      case "code":
        return code(words, content, take);
      case "text_link":
        return link(entity.url, content, follow);
      case "url":
        return link(/^[a-z]+:/i.test(words) ? words : `https://${words}`, content, follow);
      case "bot_command":
        return element("button", { class: "inline", type: "button", onclick: () => order(words) }, ...content);
      case "date_time":
        return localTime(entity, words, content);
      case "mention":
      case "text_mention":
      case "hashtag":
        return element("span", { class: "mention" }, ...content);
      default:
        return element("span", {}, ...content);
    }
  }
}

// A block stands on lines of its own already: the line breaks around it would show as empty lines.
function pushText(result, words, beforeBlock) {
  const last = result.at(-1);
  if (last instanceof Element && last.matches("pre, blockquote")) words = words.replace(/^\n/, "");
  if (beforeBlock) words = words.replace(/\n$/, "");
  if (words) result.push(document.createTextNode(words));
}

function link(url, content, follow) {
  const open = (event) => {
    event.preventDefault();
    follow(url);
  };
  return element("a", { href: url, rel: "noopener noreferrer", onclick: open }, ...content);
}

function code(words, content, take) {
  const title = "Put into the message field";
  return pressable(element("code", { role: "button", tabindex: "0", title }, ...content), () => take(words));
}

function spoiler(content) {
  const cover = element(
    "span",
    { class: "spoiler", role: "button", tabindex: "0", "aria-label": "Hidden text, press to show" },
    element("span", { "aria-hidden": "true" }, ...content),
  );
  return pressable(cover, () => {
    cover.replaceWith(element("span", { class: "spoken" }, ...cover.firstChild.childNodes));
  });
}

// A real button can't break across lines as text does.
function pressable(node, press) {
  node.addEventListener("click", press);
  node.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      press();
    }
  });
  return node;
}

function localTime(entity, words, content) {
  const at = new Date(entity.unix_time * 1000);
  const shown = entity.shown ? [entity.shown] : content;
  return element("time", { datetime: at.toISOString(), title: words }, ...shown);
}
