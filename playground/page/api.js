/** The playground's own requests. A Problem's message is meant for people. */
export class Problem extends Error {}

async function request(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Problem("The playground doesn't answer. Is it still running?");
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Problem(body.error ?? "Something went wrong in the playground.");
  return body;
}

const post = (name, fields) =>
  request(`/api/${name}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(fields),
  });

const named = (fields) =>
  new URLSearchParams(Object.entries(fields).filter(([, value]) => value != null));

export const api = {
  state: (spot) => request(`/api/state?${named(spot)}`),
  say: (spot, text, replyTo) => post("say", { ...spot, text, reply_to: replyTo ?? null }),
  attach: (spot, things, text, replyTo) => post("attach", { ...spot, ...things, text, reply_to: replyTo ?? null }),
  tap: (spot, key, row, column) => post("tap", { ...spot, key, row, column }),
  press: (person, key, picked) => post("press", { person, key, picked: picked ?? null }),
  start: (person) => post("start", { person }),
  open: (person, url) => post("open", { person, url }),
  turn: (minutes) => post("clock", { minutes }),
  moveBot: (spot, deed) => post("bot", { ...spot, deed }),
  block: (person, blocked) => post("block", { person, blocked }),
  hide: (spot, anonymous) => post("anonymity", { ...spot, anonymous }),
};

/**
 * Call `changed` whenever the world has changed, and `reachable` with whether the playground answers.
 * A hidden tab lets go of its stream: browsers keep only a few to one address.
 */
export function watch(changed, reachable) {
  let stream = null;
  const open = () => {
    if (stream) return;
    stream = new EventSource("/api/events");
    stream.onmessage = changed;
    stream.onopen = () => reachable(true);
    stream.onerror = () => reachable(false);
  };
  const close = () => {
    stream?.close();
    stream = null;
  };
  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  if (!document.hidden) open();
}
