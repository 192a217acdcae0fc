import { api, Problem, watch } from "./api.js";
import { ClockBar } from "./clock.js";
import { Composer } from "./composer.js";
import { Head } from "./head.js";
import { Hint } from "./hint.js";
import { FieldKeys } from "./keys.js";
import { Log } from "./log.js";
import { alertWindow, closeAlert, leaving, toast } from "./notices.js";
import { Seen, Side } from "./side.js";
import { steps } from "./steps.js";

const A_MINUTE = 60_000;

let spot = fromAddress();
let view = null;
let isAsking = false;
let askAgain = false;

const log = new Log({
  follow,
  tap,
  order: (command) => send(command, null),
  take: (words) => composer.prefill(`${words} `),
  reply: (message) => composer.replyTo(message),
});
const composer = new Composer({ send, attach, start: () => attempt(() => api.start(view.person)) });
const keys = new FieldKeys((key, picked) => attempt(() => api.press(view.person, key, picked)));
const side = new Side(go, new Seen());
const head = new Head({
  jump: (key) => log.jump(key) || toast("That message is too far up."),
  moveBot: (deed) => attempt(() => api.moveBot(spot, deed)),
  block: (blocked) => attempt(() => api.block(view.person, blocked)),
  hide: (anonymous) => attempt(() => api.hide(spot, anonymous)),
});
const clock = new ClockBar((minutes) => attempt(() => api.turn(minutes)));
const hint = new Hint(steps({ asVera: tryAsVera, become: (name) => go({ person: named(name), chat: home() }), turnTo }));

watch(refresh, (isReachable) => document.body.classList.toggle("cut-off", !isReachable));
setInterval(refresh, A_MINUTE); // Times told as "in 5 minutes" grow old.
await refresh();
if (matchMedia("(hover: hover)").matches) composer.focus();

/** Ask how the world looks, and show it. Calls that come while one is under way are joined. */
async function refresh() {
  if (isAsking) {
    askAgain = true;
    return;
  }
  isAsking = true;
  do {
    askAgain = false;
    await attempt(show, returnHome);
  } while (askAgain);
  isAsking = false;
}

async function show() {
  const asked = spot;
  const answer = await api.state(asked);
  if (asked !== spot) {
    askAgain = true;
    return;
  }
  if (view && view.person !== answer.person) closeAlert();
  view = answer;
  spot = { person: view.person, chat: view.chat.id, topic: view.chat.topic };
  toAddress(spot);
  for (const part of [side, head, log, composer, keys, clock]) part.show(view);
  hint.look(view);
}

/** A place that is gone, such as one from an old address, is left for the first one. */
function returnHome() {
  if (view === null && spot.person) {
    spot = {};
    askAgain = true;
  }
}

/** Move to another person, chat or topic; a person stays in the same chat where possible. */
async function go({ person = spot.person, chat, topic = null }) {
  if (chat === undefined) {
    const isPrivate = spot.chat === spot.person;
    chat = isPrivate ? person : spot.chat;
    topic = spot.topic ?? null;
  }
  spot = { person, chat, topic };
  await refreshed();
}

async function refreshed() {
  await refresh();
  while (isAsking) await new Promise((resolve) => setTimeout(resolve, 20));
}

async function send(text, replyTo) {
  return sent(() => api.say(spot, text, replyTo));
}

async function attach(things, text, replyTo) {
  return sent(() => api.attach(spot, things, text, replyTo));
}

async function sent(deed) {
  const isSent = await attempt(deed);
  if (isSent) log.follow();
  return isSent;
}

async function tap(key, row, column, button) {
  if (button.getAttribute("aria-busy")) return;
  button.setAttribute("aria-busy", "true");
  await attempt(async () => {
    const answer = await api.tap(spot, key, row, column);
    if (answer.open) await follow(answer.open);
    else if (answer.unanswered) toast("The bot hasn't answered this tap.");
    else if (answer.text && answer.alert) alertWindow(answer.text);
    else if (answer.text) toast(answer.text);
  });
  button.removeAttribute("aria-busy");
  hint.tapped(view);
}

/** Follow a link: into the private chat, to a message, or out of the playground. */
async function follow(url) {
  await attempt(async () => {
    const target = await api.open(view.person, url);
    if (target.outside) {
      leaving(target.outside);
      return;
    }
    await go({ chat: target.chat, topic: target.topic ?? null });
    if (target.key) log.jump(target.key);
  });
}

async function tryAsVera(command) {
  await go({ person: named("Vera"), chat: home() });
  composer.prefill(command);
}

/** Turn the clock to the next such hour and minute of the yard's day. */
function turnTo(hour, minute) {
  const wanted = hour * 60 + minute;
  return attempt(() => api.turn((wanted - clock.minuteOfDay() + 24 * 60) % (24 * 60) || 24 * 60));
}

function named(name) {
  return view.people.find((person) => person.name === name)?.id ?? view.person;
}

function home() {
  return view.chats.find(({ kind }) => kind !== "private")?.id ?? view.chat.id;
}

/** Do it, and tell the person where it fails; whether it went well. */
async function attempt(deed, failed = () => {}) {
  try {
    await deed();
    return true;
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    toast(error.message);
    failed();
    return false;
  }
}

function fromAddress() {
  const named = new URLSearchParams(location.hash.slice(1));
  return Object.fromEntries(
    ["person", "chat", "topic"].filter((name) => named.get(name)).map((name) => [name, Number(named.get(name))]),
  );
}

function toAddress({ person, chat, topic }) {
  const named = new URLSearchParams({ person, chat, ...(topic ? { topic } : {}) });
  if (location.hash !== `#${named}`) history.replaceState(null, "", `#${named}`);
}
