import { avatar, element } from "./element.js";
import { formatted } from "./entities.js";

const SIZES = ["bytes", "kB", "MB"];

/**
 * One message as a DOM node. `deeds` says what its parts do: follow, take, tap, reply, jump;
 * `clock(unixTime)` writes the time of day.
 */
export function bubble(message, deeds, clock) {
  if (message.service !== null) {
    return element("p", { class: "service", "data-key": message.key }, element("span", {}, message.service));
  }
  const classes = [
    "message",
    message.mine ? "mine" : "theirs",
    message.only ? "ephemeral" : "",
    message.joined ? "joined" : "",
  ];
  const who = message.mine || message.joined ? null : header(message.sender);
  return element(
    "article",
    { class: classes.join(" "), "data-key": message.key, "aria-label": `${message.sender.name}, ${clock(message.time)}` },
    message.mine ? null : avatar(message.sender.name, message.sender.colour, message.sender.bot ? "bot" : ""),
    element(
      "div",
      { class: "body" },
      element(
        "div",
        { class: "bubble" },
        message.only ? element("p", { class: "only" }, `only ${message.only} sees this`) : null,
        who,
        message.forward ? element("p", { class: "forward" }, `Forwarded from ${message.forward}`) : null,
        message.reply ? quote(message.reply, deeds) : null,
        message.photo ? picture(message.photo, message.text) : null,
        message.document ? file(message.document) : null,
        message.poll ? poll(message.poll) : null,
        message.place ? element("p", { class: "place" }, `📍 ${message.place}`) : null,
        message.text ? words(message, deeds) : null,
        stamp(message, clock),
      ),
      message.keyboard.length ? keyboard(message, deeds) : null,
    ),
    replyButton(message, deeds),
  );
}

function header(sender) {
  const role = sender.role ? element("span", { class: "role" }, sender.role) : null;
  return element("p", { class: `name c${sender.colour}` }, element("b", {}, sender.name), role);
}

function words(message, deeds) {
  return element("div", { class: "text", dir: "auto" }, ...formatted(message.text, message.entities, deeds));
}

function stamp(message, clock) {
  const marks = [message.pinned ? "pinned" : "", message.edited ? "edited" : "", clock(message.time)];
  return element("p", { class: "stamp" }, marks.filter(Boolean).join(" · "));
}

function quote(reply, deeds) {
  return element(
    "button",
    { class: "quote", type: "button", onclick: () => deeds.jump(reply.key) },
    element("b", {}, reply.name),
    element("span", {}, reply.text),
  );
}

function picture({ url, width, height }, caption) {
  const size = width && height ? { width, height } : {};
  const image = element("img", { src: url, alt: `Photo: ${caption || "no words beneath it"}`, loading: "lazy", ...size });
  return element("a", { class: "photo", href: url, target: "_blank", rel: "noopener" }, image);
}

function file({ url, name, size }) {
  const step = size < 1024 ? 0 : size < 1024 ** 2 ? 1 : 2;
  const amount = `${Math.round(size / 1024 ** step)} ${SIZES[step]}`;
  return element("a", { class: "file", href: url, download: name }, element("b", {}, name), element("span", {}, amount));
}

function poll({ question, options }) {
  const list = options.map((option) => element("li", {}, option));
  return element("div", { class: "poll" }, element("b", {}, question), element("ul", {}, ...list));
}

function keyboard(message, deeds) {
  const rows = message.keyboard.map((buttons, row) =>
    element("div", { class: "row" }, ...buttons.map((button, column) => key(message, button, row, column, deeds))),
  );
  return element("div", { class: "keyboard" }, ...rows);
}

function key(message, button, row, column, deeds) {
  const press = (event) => deeds.tap(message.key, row, column, event.currentTarget);
  const leads = button.kind === "url" ? element("span", { class: "leads", "aria-label": "link" }, "↗") : null;
  return element(
    "button",
    { type: "button", class: "key", title: button.text, "data-at": `${row},${column}`, onclick: press },
    button.text,
    leads,
  );
}

function replyButton(message, deeds) {
  const label = `Reply to ${message.sender.name}`;
  return element(
    "button",
    { class: "reply", type: "button", "aria-label": label, title: "Reply", onclick: () => deeds.reply(message) },
    "↩",
  );
}
