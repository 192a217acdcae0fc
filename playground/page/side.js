import { avatar, element } from "./element.js";

const LANGUAGES = { en: "English", be: "Беларуская", ru: "Русский" };
const narrow = matchMedia("(max-width: 859px)");

/** Who I am and which chat I look at; a drawer on a phone. */
export class Side {
  #side = document.getElementById("side");
  #veil = document.getElementById("veil");
  #opener = document.getElementById("open-side");
  #people = document.getElementById("people");
  #chats = document.getElementById("chats");
  #signature = "";
  #go;
  #seen;

  /** `go({person, chat, topic})` moves; `seen` remembers what was read where. */
  constructor(go, seen) {
    this.#go = go;
    this.#seen = seen;
    this.#opener.addEventListener("click", () => this.#toggle(!this.#isOpen()));
    this.#veil.addEventListener("click", () => this.#toggle(false));
    this.#side.querySelector("[data-hint]").addEventListener("click", () => this.#toggle(false));
    this.#side.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && narrow.matches) this.#toggle(false);
    });
    narrow.addEventListener("change", () => this.#toggle(false));
    this.#toggle(false);
  }

  show(view) {
    this.#seen.note(view);
    const news = view.people.map((person) => this.#seen.hasNews(person.id, person.id, null, person.heard));
    const unread = view.chats.map((chat) => this.#isUnread(view, chat));
    const signature = JSON.stringify([view.person, view.chat.id, view.chat.topic, view.people, view.chats, news, unread]);
    if (signature === this.#signature) return;
    this.#signature = signature;
    const focused = document.activeElement?.dataset?.go;
    this.#people.replaceChildren(...view.people.map((person, index) => this.#person(view, person, news[index])));
    this.#chats.replaceChildren(...view.chats.flatMap((chat) => this.#chat(view, chat)));
    const me = view.people.find((person) => person.id === view.person);
    this.#opener.replaceChildren(avatar(me.name, me.colour), element("span", { class: "sr" }, `You are ${me.name}. Change person or chat`));
    this.#opener.classList.toggle("news", news.some(Boolean) || unread.some(Boolean));
    if (focused) this.#side.querySelector(`[data-go="${CSS.escape(focused)}"]`)?.focus();
  }

  #isUnread(view, chat) {
    if (!chat.topics) return this.#seen.hasNews(view.person, chat.id, null, chat.serial);
    return chat.topics.some((topic) => this.#seen.hasNews(view.person, chat.id, topic.id, topic.serial));
  }

  #person(view, person, news) {
    const isMe = person.id === view.person;
    const language = LANGUAGES[person.language] ?? person.language;
    return this.#entry(
      { go: `person ${person.id}`, isCurrent: isMe, news: news && !isMe },
      () => this.#go({ person: person.id }),
      avatar(person.name, person.colour),
      element(
        "span",
        { class: "lines" },
        element("span", { class: "first" }, element("b", {}, person.name), person.role ? element("span", { class: "role" }, person.anonymous ? "anonymous" : person.role) : null),
        element("span", { class: "second" }, element("span", { lang: person.language }, language), person.about ? ` · ${person.about}` : ""),
      ),
    );
  }

  #chat(view, chat) {
    const isHere = chat.id === view.chat.id;
    const topics = isHere ? (chat.topics ?? []).map((topic) => this.#topic(view, chat, topic)) : [];
    const news = !topics.length && this.#isUnread(view, chat);
    const kind = chat.kind === "private" ? "private" : chat.topics ? "forum" : "group";
    const entry = this.#entry(
      { go: `chat ${chat.id}`, isCurrent: isHere && !topics.length, news },
      () => this.#go({ chat: chat.id, topic: chat.topics?.[0].id ?? null }),
      avatar(chat.title, 0, kind === "private" ? "bot" : "square"),
      element(
        "span",
        { class: "lines" },
        element("span", { class: "first" }, element("b", {}, chat.title), kind === "group" ? null : element("span", { class: "role" }, kind)),
        element("span", { class: "second" }, chat.preview || "Nothing here yet"),
      ),
    );
    return [entry, ...topics];
  }

  #topic(view, chat, topic) {
    const isCurrent = topic.id === view.chat.topic;
    const news = this.#seen.hasNews(view.person, chat.id, topic.id, topic.serial);
    const label = element("span", { class: "topic" }, `# ${topic.name}`, topic.closed ? " (closed)" : "");
    return this.#entry(
      { go: `topic ${chat.id} ${topic.id}`, isCurrent, news },
      () => this.#go({ chat: chat.id, topic: topic.id }),
      label,
    );
  }

  #entry({ go, isCurrent, news }, act, ...content) {
    const choose = () => {
      this.#toggle(false);
      act();
    };
    const dot = news ? element("span", { class: "dot" }, element("span", { class: "sr" }, "something new")) : null;
    return element(
      "li",
      {},
      element(
        "button",
        { type: "button", class: "entry", "data-go": go, "aria-current": isCurrent ? "true" : null, onclick: choose },
        ...content,
        dot,
      ),
    );
  }

  #isOpen() {
    return this.#side.classList.contains("open");
  }

  #toggle(open) {
    const wasOpen = this.#isOpen();
    this.#side.classList.toggle("open", open);
    this.#veil.classList.toggle("open", open);
    this.#side.inert = narrow.matches && !open;
    this.#opener.setAttribute("aria-expanded", String(open));
    if (open) this.#people.querySelector("[aria-current]")?.focus();
    else if (wasOpen && narrow.matches) this.#opener.focus();
  }
}

/** What each person has read where, for as long as the page is open. */
export class Seen {
  #read = new Map();

  /** The place that is open has been read; a place never opened before holds no news yet. */
  note(view) {
    const { person, chat } = view;
    for (const entry of view.chats) {
      for (const topic of entry.topics ?? [{ id: null, serial: entry.serial }]) {
        const isOpen = entry.id === chat.id && topic.id === chat.topic;
        if (isOpen || (entry.kind !== "private" && !this.#read.has(name(person, entry.id, topic.id)))) {
          this.#read.set(name(person, entry.id, topic.id), topic.serial);
        }
      }
    }
  }

  hasNews(person, chat, topic, serial) {
    return serial > (this.#read.get(name(person, chat, topic)) ?? 0);
  }
}

const name = (person, chat, topic) => `${person}/${chat}/${topic ?? ""}`;
