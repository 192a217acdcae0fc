import { bubble } from "./bubble.js";
import { element } from "./element.js";

const JOINED_WITHIN = 300;
const NEAR_BOTTOM = 80;
const JUMP_TAKES = 1000;

/** The messages of one chat; only what changed is drawn anew, so focus and place are kept. */
export class Log {
  #node = document.getElementById("log");
  #newest = document.getElementById("newest");
  #drawn = new Map();
  #place = "";
  #isAtBottom = true;
  #jumpedAt = -JUMP_TAKES;
  #deeds;

  constructor(deeds) {
    this.#deeds = { ...deeds, jump: (key) => this.jump(key) };
    this.#newest.addEventListener("click", () => this.#toBottom(true));
    this.#node.addEventListener("scroll", () => {
      this.#isAtBottom = this.#isNearBottom() && !this.#isJumping();
      if (this.#isAtBottom) this.#newest.hidden = true;
    });
    new ResizeObserver(() => this.#isAtBottom && this.#toBottom(false)).observe(this.#node);
  }

  show(view) {
    const place = [view.person, view.chat.id, view.chat.topic].join("/");
    const isNewPlace = place !== this.#place;
    if (isNewPlace) this.#leave();
    this.#place = place;
    this.#node.classList.toggle("private", view.chat.kind === "private");
    // What a tap further up brought, and nobody else sees, must not stay out of sight.
    const isWhispered = !isNewPlace && view.messages.some((message) => this.#isNewWhisper(message));
    const stick = isNewPlace || this.#isAtBottom || isWhispered;
    const before = this.#drawn.size;
    this.#arrange(this.#nodes(view), isNewPlace);
    if (stick) this.#toBottom(isWhispered && !this.#isAtBottom);
    else if (this.#drawn.size > before) this.#newest.hidden = false;
  }

  /** What I send is what I look at next, however far up I was. */
  follow() {
    this.#isAtBottom = true;
    this.#toBottom(false);
  }

  /** Scroll to a message and mark it for a moment; false where it isn't in this chat. */
  jump(key) {
    const node = this.#node.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!node) return false;
    this.#isAtBottom = false;
    this.#jumpedAt = performance.now();
    node.scrollIntoView({ block: "center", behavior: gently() });
    node.classList.remove("found");
    void node.offsetWidth; // Starts the animation again.
    node.classList.add("found");
    return true;
  }

  #leave() {
    this.#drawn.clear();
    // A screen reader must not read out a whole chat because somebody opened it.
    this.#node.setAttribute("aria-live", "off");
    this.#node.replaceChildren();
    this.#newest.hidden = true;
    requestAnimationFrame(() => this.#node.setAttribute("aria-live", "polite"));
  }

  #nodes(view) {
    const clock = timeOfDay(view.zone);
    const day = dayName(view.zone);
    const nodes = [];
    const kept = new Map();
    let previous = null;
    for (const message of view.messages) {
      const today = day(message.time);
      if (!previous || day(previous.time) !== today) {
        nodes.push(this.#keep(kept, `day ${today}`, today, () => dayLine(today)));
      }
      const joined = { ...message, joined: follows(message, previous, day) };
      nodes.push(
        this.#keep(kept, message.key, JSON.stringify(joined), () => bubble(joined, this.#deeds, clock)),
      );
      previous = message;
    }
    if (!nodes.length) nodes.push(this.#keep(kept, "empty", view.chat.about, () => emptyPlace(view.chat.about)));
    this.#drawn = kept;
    return nodes;
  }

  #keep(kept, name, signature, draw) {
    let entry = this.#drawn.get(name);
    if (entry?.signature !== signature) {
      const node = draw();
      if (entry) replaceKeepingFocus(entry.node, node);
      else node.classList.add("new");
      entry = { signature, node };
    }
    kept.set(name, entry);
    return entry.node;
  }

  #arrange(nodes, isNewPlace) {
    const wanted = new Set(nodes);
    for (const node of [...this.#node.children]) if (!wanted.has(node)) node.remove();
    nodes.forEach((node, index) => {
      if (isNewPlace) node.classList.remove("new");
      if (this.#node.children[index] !== node) {
        this.#node.insertBefore(node, this.#node.children[index] ?? null);
      }
    });
  }

  #isNewWhisper({ key, only, mine }) {
    return only !== null && !mine && !this.#drawn.has(key);
  }

  #isJumping() {
    return performance.now() - this.#jumpedAt < JUMP_TAKES;
  }

  #isNearBottom() {
    const { scrollHeight, scrollTop, clientHeight } = this.#node;
    return scrollHeight - scrollTop - clientHeight < NEAR_BOTTOM;
  }

  #toBottom(smoothly) {
    this.#newest.hidden = true;
    this.#isAtBottom = true;
    this.#node.scrollTo({ top: this.#node.scrollHeight, behavior: smoothly ? gently() : "instant" });
  }
}

const gently = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth");

/** Writes times of day in the yard's zone. */
export function timeOfDay(zone) {
  const format = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone });
  return (unixTime) => format.format(unixTime * 1000);
}

function dayName(zone) {
  const format = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", timeZone: zone });
  return (unixTime) => format.format(unixTime * 1000);
}

function follows(message, previous, day) {
  return Boolean(
    previous &&
      previous.service === null &&
      message.service === null &&
      previous.sender.id === message.sender.id &&
      previous.sender.name === message.sender.name &&
      message.time - previous.time < JOINED_WITHIN &&
      day(message.time) === day(previous.time),
  );
}

const dayLine = (name) => element("p", { class: "day" }, element("span", {}, name));

/** The bot introduces itself, where it has something to say. */
function emptyPlace(about) {
  if (!about) return element("p", { class: "service" }, element("span", {}, "Nothing here yet"));
  return element("section", { class: "about" }, element("h3", {}, "What can this bot do?"), element("p", {}, about));
}

function replaceKeepingFocus(old, node) {
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  const at = focused?.dataset.at;
  old.replaceWith(node);
  if (!focused) return;
  const next = at && node.querySelector(`[data-at="${at}"]`);
  (next || node.querySelector(".key, button"))?.focus({ preventScroll: true });
}
