import { element } from "./element.js";

const ROLES = {
  administrator: "Bot: administrator",
  member: "Bot: member",
  left: "Bot: not here",
  kicked: "Bot: not here",
};

/** Above the messages: where I am, what is pinned, and what the bot may do here. */
export class Head {
  #title = document.getElementById("title");
  #subtitle = document.getElementById("subtitle");
  #pin = document.getElementById("pin");
  #powers = document.getElementById("powers");
  #role = document.getElementById("bot-role");
  #list = document.getElementById("power-list");
  #signature = "";
  #next = 0;
  #pins = [];
  #deeds;

  constructor(deeds) {
    this.#deeds = deeds;
    this.#pin.addEventListener("click", () => this.#toNextPin());
    document.addEventListener("click", (event) => {
      if (!this.#powers.contains(event.target)) this.#powers.open = false;
    });
    this.#powers.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      this.#powers.open = false;
      this.#role.focus();
    });
  }

  show(view) {
    const { chat } = view;
    const me = view.people.find((person) => person.id === view.person);
    const topic = view.chats.find(({ id }) => id === chat.id)?.topics?.find(({ id }) => id === chat.topic);
    const members = `${chat.members} members`;
    // The topic first, as in Telegram: a phone has no room for both.
    this.#title.textContent = topic ? topic.name : chat.title;
    this.#subtitle.textContent =
      chat.kind === "private" ? `private chat of ${me.name} with the bot` : topic ? `${chat.title} · ${members}` : members;
    const where = topic ? `${topic.name} · ${chat.title}` : chat.title;
    document.title = `${me.name} · ${where} · Dvor playground`;
    this.#showPins(chat.pins);
    this.#showPowers(chat, me);
  }

  #showPins(pins) {
    if (pins.length !== this.#pins.length) this.#next = pins.length - 1;
    this.#pins = pins;
    this.#pin.hidden = !pins.length;
    const shown = pins[Math.min(this.#next, pins.length - 1)];
    if (!shown) return;
    const count = pins.length > 1 ? ` ${this.#next + 1} of ${pins.length}` : "";
    this.#pin.replaceChildren(element("b", {}, `Pinned${count}`), element("span", {}, shown.text));
  }

  #toNextPin() {
    const pin = this.#pins[this.#next];
    if (!pin) return;
    this.#deeds.jump(pin.key);
    this.#next = (this.#next - 1 + this.#pins.length) % this.#pins.length;
    this.#showPins(this.#pins);
  }

  #showPowers(chat, me) {
    const signature = JSON.stringify([chat.id, chat.bot, chat.blocked, chat.started, me.id, me.role, me.anonymous]);
    if (signature === this.#signature) return;
    this.#signature = signature;
    this.#powers.hidden = chat.kind === "private" && !chat.started;
    this.#powers.open = false;
    this.#role.textContent = chat.kind === "private" ? (chat.blocked ? "Bot: blocked" : "Bot") : ROLES[chat.bot];
    this.#list.replaceChildren(...this.#choices(chat, me).map(([label, act]) => this.#choice(label, act)));
  }

  #choices(chat, me) {
    const { moveBot, block, hide } = this.#deeds;
    if (chat.kind === "private") {
      return [[chat.blocked ? "Unblock the bot" : "Block the bot", () => block(!chat.blocked)]];
    }
    const choices = [];
    if (chat.bot === "member") {
      choices.push(["Make the bot an administrator", () => moveBot("promote")]);
    } else if (chat.bot === "administrator") {
      choices.push(["Make the bot an ordinary member", () => moveBot("demote")]);
    }
    if (chat.bot === "member" || chat.bot === "administrator") {
      choices.push(["Remove the bot", () => moveBot("remove")]);
    } else {
      choices.push(["Add the bot", () => moveBot("add")]);
    }
    if (me.role === "owner" || me.role === "admin") {
      const label = me.anonymous ? `Write as ${me.name} again` : "Write in the group's name";
      choices.push([label, () => hide(!me.anonymous)]);
    }
    return choices;
  }

  #choice(label, act) {
    const choose = () => {
      this.#powers.open = false;
      this.#role.focus();
      act();
    };
    return element("button", { type: "button", onclick: choose }, label);
  }
}
