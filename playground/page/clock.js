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

  /** How many minutes of the yard's day are over. */
  minuteOfDay() {
    const now = new Date(Date.now() + this.#ahead);
    const format = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: this.#zone });
    const [hour, minute] = format.format(now).split(":").map(Number);
    return hour * 60 + minute;
  }

  #draw() {
    const now = new Date(Date.now() + this.#ahead);
    const part = (options) => new Intl.DateTimeFormat("en-GB", { ...options, timeZone: this.#zone }).format(now);
    const time = part({ hour: "2-digit", minute: "2-digit" });
    const day = part({ weekday: "short", day: "numeric" });
    if (this.#now.textContent !== time) this.#now.textContent = time;
    if (this.#zoneName.textContent !== day) this.#zoneName.textContent = day;
    this.#now.dateTime = now.toISOString();
    this.#bar.title = `${part({ dateStyle: "full" })}, ${this.#zone} time`;
  }
}
