import { element } from "./element.js";

const KEY = "dvor.hint";

/** What to try first; stays away once it was put away, where the browser remembers. */
export class Hint {
  #node = document.getElementById("hint");
  #done = new Set();
  #picked = null;
  #steps;

  /** `steps` are those of steps.js. */
  constructor(steps) {
    this.#steps = steps;
    for (const opener of document.querySelectorAll("[data-hint]")) {
      opener.addEventListener("click", () => this.#toggle(true));
    }
    this.#toggle(recall() !== "away");
  }

  /** What stands there shows which steps were taken, by their buttons or otherwise. */
  look(view) {
    this.#did(this.#steps.filter(({ seen }) => seen?.(view)));
  }

  /** Somebody tapped a button. */
  tapped(view) {
    this.#did(this.#steps.filter(({ tapped }) => tapped?.(view)));
  }

  #did(steps) {
    const taken = steps.filter(({ id }) => !this.#done.has(id));
    for (const { id } of taken) this.#done.add(id);
    if (!taken.length) return;
    this.#picked = null;
    this.#draw();
  }

  #toggle(isShown) {
    this.#node.hidden = !isShown;
    remember(isShown ? "" : "away");
    this.#draw();
  }

  #draw() {
    const close = element("button", { type: "button", class: "round", "aria-label": "Put this away" }, "×");
    close.addEventListener("click", () => this.#toggle(false));
    const next = this.#steps.find(({ id }) => !this.#done.has(id));
    const shown = this.#steps.find(({ id }) => id === this.#picked) ?? next ?? this.#steps.at(-1);
    const steps = this.#steps.map((step) => this.#step(step, step === shown));
    const title = next ? `Things to try: ${this.#done.size} of ${this.#steps.length} done` : "That's how it goes. Play on!";
    this.#node.replaceChildren(element("h2", {}, title), close, element("ol", {}, ...steps));
  }

  #step({ id, sign, name, words, label, act }, isShown) {
    const isDone = this.#done.has(id);
    const classes = [isDone ? "done" : "", isShown ? "shown" : ""].filter(Boolean).join(" ");
    const called = isDone ? `${name} (done)` : name;
    const pick = () => this.#pick(id);
    return element(
      "li",
      { class: classes || null },
      element("button", { type: "button", class: "sign", "aria-label": called, "aria-pressed": String(isShown), onclick: pick }, sign),
      element("p", {}, words, isDone ? element("span", { class: "sr" }, " (done)") : null),
      element("button", { type: "button", class: "try", onclick: act }, label),
    );
  }

  /** Show this step, where there is room for one only. */
  #pick(id) {
    this.#picked = id;
    this.#draw();
    this.#node.querySelector(".shown .sign").focus();
  }
}

function recall() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function remember(value) {
  try {
    localStorage.setItem(KEY, value);
  } catch {
    // A browser that keeps nothing shows the hint every time.
  }
}
