import { element } from "./element.js";

/** Keys below the field, which a bot's message brings; one that asks for a chat shows those that it offers. */
export class FieldKeys {
  #place = document.getElementById("keys");
  #shown = "";
  #open = null;
  #press;

  constructor(press) {
    this.#press = press;
  }

  show(view) {
    const now = JSON.stringify([view.person, view.keys]);
    if (now === this.#shown) return;
    this.#shown = now;
    this.#open = null;
    this.#draw(view.keys);
  }

  #draw(rows) {
    this.#place.hidden = !rows.length;
    this.#place.replaceChildren(...rows.map((row) => this.#row(row.map((key) => this.#key(key, rows)))));
  }

  #key(key, rows) {
    const press = () => {
      if (!key.chats) {
        this.#press(key.text);
        return;
      }
      this.#open = this.#open === key.text ? null : key.text;
      this.#draw(rows);
    };
    const isOpen = this.#open === key.text;
    const expanded = key.chats ? String(isOpen) : null;
    const button = element("button", { type: "button", class: "key", onclick: press, "aria-expanded": expanded }, key.text);
    return isOpen ? element("div", {}, button, this.#chats(key)) : button;
  }

  #chats(key) {
    const offered = key.chats.map(({ id, title }) =>
      element("button", { type: "button", class: "key chat", onclick: () => this.#press(key.text, id) }, title),
    );
    return this.#row(offered.length ? offered : [element("p", { class: "faint" }, "The bot is in no chat of yours.")]);
  }

  #row(children) {
    return element("div", { class: "row" }, ...children);
  }
}
