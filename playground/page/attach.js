import { element } from "./element.js";

// Somewhere in a courtyard of Minsk.
const PLACE = { latitude: 53.9168, longitude: 27.5858 };

/** What can be sent beside words: pictures, an album, a file, a poll, a place. */
export class Attach {
  #menu = document.getElementById("attach");
  #files = document.getElementById("files");
  #window = document.getElementById("poll");
  #send;

  /** `send({photos, file, poll, place})` sends one of these. */
  constructor(send) {
    this.#send = send;
    const things = [
      ["Photo or album", () => this.#choose("image/png,image/jpeg,image/gif", true)],
      ["File", () => this.#choose("", false)],
      ["Poll", () => this.#window.showModal()],
      ["Location", () => this.#send({ place: PLACE })],
    ];
    const choices = things.map(([label, act]) => element("button", { type: "button", onclick: () => this.#act(act) }, label));
    this.#menu.querySelector(".menu").replaceChildren(...choices);
    this.#menu.addEventListener("focusout", (event) => {
      if (!this.#menu.contains(event.relatedTarget)) this.#menu.open = false;
    });
    this.#menu.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.#menu.open = false;
    });
    this.#files.addEventListener("change", () => this.#chosen());
    this.#window.querySelector("form").addEventListener("submit", () => this.#asked());
    this.#window.querySelector("[type=button]").addEventListener("click", () => this.#window.close());
  }

  #act(act) {
    this.#menu.open = false;
    act();
  }

  #choose(accept, several) {
    this.#files.accept = accept;
    this.#files.multiple = several;
    this.#files.click();
  }

  async #chosen() {
    const chosen = [...this.#files.files];
    const arePhotos = this.#files.multiple;
    this.#files.value = "";
    const sent = await Promise.all(chosen.map(async (file) => ({ name: file.name, content: await inBase64(file) })));
    if (sent.length) await this.#send(arePhotos ? { photos: sent } : { file: sent[0] });
  }

  async #asked() {
    const fields = new FormData(this.#window.querySelector("form"));
    const options = fields.get("options").split("\n").map((line) => line.trim()).filter(Boolean);
    await this.#send({ poll: { question: fields.get("question").trim(), options } });
    this.#window.querySelector("form").reset();
  }
}

function inBase64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.split(",")[1] ?? "");
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
