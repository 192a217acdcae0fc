import { Attach } from "./attach.js";
import { element } from "./element.js";

const MAX_HEIGHT = 180;
// A keyboard of glass has no Shift at hand: there Enter begins a new line, and the arrow sends.
const touch = matchMedia("(pointer: coarse)");

/** The field to write in, with the menu of commands, a reply under way, and a draft for every place. */
export class Composer {
  #form = document.getElementById("composer");
  #field = document.getElementById("say");
  #palette = document.getElementById("palette");
  #replying = document.getElementById("replying");
  #instead = document.getElementById("instead");
  #menu = [];
  #shown = [];
  #active = -1;
  #place = "";
  #drafts = new Map();
  #reply = null;
  #send;
  #start;

  constructor({ send, start, attach }) {
    this.#send = send;
    this.#start = start;
    new Attach(async (things) => this.#clearIfSent(await attach(things, ...this.#said())));
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#field.addEventListener("input", () => this.#typed());
    this.#field.addEventListener("keydown", (event) => this.#key(event));
    this.#field.addEventListener("blur", () => this.#offer([]));
    document.getElementById("slash").addEventListener("click", () => this.#toggleMenu());
  }

  show(view) {
    const place = [view.person, view.chat.id, view.chat.topic].join("/");
    if (place !== this.#place) {
      this.#drafts.set(this.#place, this.#field.value);
      this.#place = place;
      this.#write(this.#drafts.get(place) ?? "");
      this.replyTo(null);
    }
    this.#menu = view.menu;
    const me = view.people.find((person) => person.id === view.person);
    this.#field.placeholder = `Write as ${me.name}`;
    document.getElementById("slash").hidden = !view.menu.length;
    this.#showInstead(view, me);
  }

  /** Put words into the field, ready to be sent or changed. */
  prefill(text) {
    this.#write(text);
    this.#offer([]);
    this.focus();
  }

  focus() {
    this.#field.focus();
    this.#field.setSelectionRange(this.#field.value.length, this.#field.value.length);
  }

  replyTo(message) {
    this.#reply = message?.key ?? null;
    this.#replying.hidden = !message;
    if (!message) return;
    const stop = element("button", { type: "button", class: "round", "aria-label": "Don't reply" }, "×");
    stop.addEventListener("click", () => this.replyTo(null));
    const quoted = element("p", {}, element("b", {}, message.sender.name), ` ${message.text}`);
    this.#replying.replaceChildren(quoted, stop);
    this.focus();
  }

  #showInstead(view, me) {
    const { chat } = view;
    let content = [];
    if (chat.kind === "private" && !chat.started) {
      content = [element("button", { type: "button", class: "big", onclick: this.#start }, "Start")];
    } else if (!chat.present) {
      content = [`${me.name} is not in this chat.`];
    } else if (chat.closed) {
      content = ["This topic is closed."];
    }
    this.#form.hidden = content.length > 0;
    if (this.#instead.hidden && !content.length) return;
    this.#instead.hidden = !content.length;
    if (this.#instead.dataset.place !== this.#place || !content.length) {
      this.#instead.replaceChildren(...content);
    }
    this.#instead.dataset.place = content.length ? this.#place : "";
  }

  async #submit() {
    const [text, reply] = this.#said();
    if (!text) return;
    this.#offer([]);
    this.#write("");
    this.replyTo(null);
    // What could not be sent goes back, unless something else was typed meanwhile.
    if (!(await this.#send(text, reply)) && !this.#field.value) this.#write(text);
    this.#field.focus();
  }

  /** What stands in the field, and what it replies to. */
  #said() {
    return [this.#field.value.trim(), this.#reply];
  }

  /** The words went along, beneath a picture or file. */
  #clearIfSent(isSent) {
    if (!isSent) return;
    this.#write("");
    this.replyTo(null);
  }

  #key(event) {
    if (event.isComposing) return;
    if (this.#shown.length && this.#keyInPalette(event)) {
      event.preventDefault();
    } else if (event.key === "Enter" && !event.shiftKey && !touch.matches) {
      event.preventDefault();
      this.#submit();
    } else if (event.key === "Escape" && this.#reply) {
      this.replyTo(null);
    }
  }

  #keyInPalette(event) {
    const count = this.#shown.length;
    switch (event.key) {
      case "ArrowDown":
        this.#mark((this.#active + 1) % count);
        return true;
      case "ArrowUp":
        this.#mark((Math.max(this.#active, 0) - 1 + count) % count);
        return true;
      case "Escape":
        this.#offer([]);
        return true;
      case "Tab":
        this.#choose(this.#shown[Math.max(0, this.#active)]);
        return true;
      case "Enter": {
        // What was typed is sent as it is, until an arrow has marked something else.
        const chosen = this.#shown[this.#active];
        if (event.shiftKey || !chosen) return false;
        this.#choose(chosen);
        return true;
      }
      default:
        return false;
    }
  }

  #typed() {
    this.#resize();
    const typed = /^\/(\w*)$/.exec(this.#field.value)?.[1];
    const fitting = this.#menu.filter(({ command }) => typed !== undefined && command.startsWith(typed));
    // The one that was typed in full stands first.
    this.#offer(fitting.sort((a, b) => (b.command === typed) - (a.command === typed)));
  }

  #toggleMenu() {
    const isOpen = this.#shown.length > 0;
    if (!this.#field.value.startsWith("/")) this.#write("/");
    this.focus();
    this.#offer(isOpen ? [] : this.#menu);
  }

  #offer(commands) {
    this.#shown = commands;
    this.#palette.hidden = !commands.length;
    this.#field.setAttribute("aria-expanded", String(commands.length > 0));
    this.#palette.replaceChildren(...commands.map((command, index) => this.#option(command, index)));
    this.#mark(-1);
  }

  #option(command, index) {
    const option = element(
      "li",
      { role: "option", id: `option-${index}`, "aria-selected": "false" },
      element("b", {}, `/${command.command}`),
      element("span", {}, command.description),
    );
    // mousedown comes before the field loses the focus, and with it the palette.
    option.addEventListener("mousedown", (event) => {
      event.preventDefault();
      this.#write(`/${command.command}`);
      this.#submit();
    });
    return option;
  }

  #mark(index) {
    this.#active = index;
    [...this.#palette.children].forEach((option, at) => {
      option.setAttribute("aria-selected", String(at === index));
      if (at === index) option.scrollIntoView({ block: "nearest" });
    });
    if (index < 0) this.#field.removeAttribute("aria-activedescendant");
    else this.#field.setAttribute("aria-activedescendant", `option-${index}`);
  }

  #choose(command) {
    this.prefill(`/${command.command} `);
  }

  #write(text) {
    this.#field.value = text;
    this.#resize();
  }

  #resize() {
    this.#field.style.height = "auto";
    this.#field.style.height = `${Math.min(this.#field.scrollHeight, MAX_HEIGHT)}px`;
  }
}
