/** The playground's clock: it runs like a real one, and can be turned forward. */
export class ClockBar {
  #bar = document.getElementById("clock");
  #now = document.getElementById("now");
  #zoneName = document.getElementById("zone");
  #ahead = 0;
  #zone = "UTC";

  constructor(turn) {
    this.#bar.addEventListener("click", (event) => {
      const minutes = event.target.closest("[data-minutes]")?.dataset.minutes;
      if (minutes) turn(Number(minutes));
    });
    setInterval(() => this.#draw(), 1000);
  }

  show(view) {
    this.#ahead = view.now * 1000 - Date.now();
    this.#zone = view.zone;
    this.#bar.classList.toggle("turning", view.turning);
    this.#draw();
  }

  #draw() {
    const now = new Date(Date.now() + this.#ahead);
    const part = (options) => new Intl.DateTimeFormat("en-GB", { ...options, timeZone: this.#zone }).format(now);
    const time = part({ hour: "2-digit", minute: "2-digit" });
    const day = part({ weekday: "short", day: "numeric", month: "short" });
    if (this.#now.textContent !== time) this.#now.textContent = time;
    if (this.#zoneName.textContent !== day) this.#zoneName.textContent = day;
    this.#now.dateTime = now.toISOString();
    this.#bar.title = `${this.#zone} time`;
  }
}
