// How the page shows what was found.
"use strict";

const { bulletins, desk, findings, fingerprint, readHead, readKey, verdictOf } = require("./desk.js");
const { byId, element, fill } = require("./element.js");
const { current, languages, say, sayBuilding, sayDay, sayFinding, shown, speak } = require("./words.js");

const SIGNS = { holds: "✓", cannot_tell: "?", unreadable: "!", wrong: "!" };
const GRAVEST_FIRST = ["wrong", "unreadable", "cannot_tell", "holds"];
const MOST_TOLD = 20;
const MOST_ROWS = 60;

// Everything, after the language or the files changed.
function draw() {
  document.title = say("title");
  document.querySelectorAll("[data-say]").forEach((node) => { node.textContent = say(node.dataset.say); });
  drawLanguages();
  byId("found").hidden = !desk.files.length;
  if (!desk.files.length) return;
  drawVerdict();
  drawBulletins();
  drawSeen();
  drawLine();
}

function drawLanguages() {
  fill(byId("languages"), ...languages.map(([code, name]) => element("button", {
    type: "button",
    lang: code,
    title: name,
    "aria-label": name,
    "aria-pressed": String(code === current()),
    onclick: () => { speak(code); draw(); },
  }, name.slice(0, 3))));
}

function drawVerdict() {
  const all = findings().concat(doubled());
  const verdict = verdictOf(all);
  const box = byId("verdict");
  box.className = verdict;
  fill(
    box,
    element("h2", {}, signOf(verdict), element("span", {}, say("verdict." + verdict))),
    element("p", {}, say("verdict." + verdict + "_means")),
    ...GRAVEST_FIRST.map((weight) => listOf(all, weight)).filter((list) => list)
  );
}

function signOf(verdict) {
  return element("span", { class: "sign", "aria-hidden": "true" }, element("b", {}, SIGNS[verdict]));
}

// One signature in two places is wrong, whoever looks for it.
function doubled() {
  return desk.sought ? desk.sought.findings.filter((each) => each.verdict === "wrong") : [];
}

function listOf(all, weight) {
  const ofIt = all.filter((each) => each.verdict === weight);
  if (!ofIt.length) return null;
  const told = Array.from(new Set(ofIt.slice(0, MOST_TOLD).map(sentence)));
  const items = told.map((text) => element("li", { class: weight }, element("span", {}, text)));
  if (ofIt.length > MOST_TOLD) items.push(element("li", {}, say("more", { count: ofIt.length - MOST_TOLD })));
  return element("div", {}, element("h3", {}, say("weight." + weight)), element("ul", {}, ...items));
}

// Where it isn't said by itself, of which file it is.
function sentence(finding) {
  return finding.file ? say("in_file", { name: finding.file, what: sayFinding(finding) }) : sayFinding(finding);
}

function drawBulletins() {
  const newestFirst = bulletins().reverse();
  const box = byId("bulletins");
  box.hidden = !newestFirst.length;
  fill(box, element("h2", {}, say("bulletins.heading")), ...newestFirst.map(drawBulletin));
}

// The newest is there to be read, the others unfold.
function drawBulletin(bulletin, at) {
  const header = bulletin.header;
  const key = header.isLast ? "bulletins.last" : "bulletins.one";
  const name = say(key, { number: header.number, day: sayDay(header.day) });
  const inside = [
    element("p", {}, shown(header.title)),
    tableOf(bulletin.totals.map(([who, count]) => [who, say("bulletins.of", { count: count, most: header.needed })])),
    element("p", { class: "faint" }, say("bulletins.needed", { needed: header.needed, base: header.base })),
    element("h4", {}, say("bulletins.buildings")),
    tableOf(buildingsOf(bulletin)),
  ];
  if (at > 0) return folded(name, inside);
  return element("div", {}, element("h3", {}, name), ...inside);
}

function folded(name, inside) {
  return element("details", {}, element("summary", {}, name), ...inside);
}

function buildingsOf(bulletin) {
  const counts = new Map();
  for (const line of bulletin.lines) counts.set(line[1], (counts.get(line[1]) || 0) + 1);
  return bulletin.header.buildings
    .concat([["other", null]])
    .filter(([name]) => counts.has(name))
    .map(([name, most]) => [
      sayBuilding(name),
      most === null ? String(counts.get(name)) : say("bulletins.of", { count: counts.get(name), most: most }),
    ]);
}

function tableOf(all) {
  const rows = all.slice(0, MOST_ROWS);
  if (all.length > MOST_ROWS) rows.push([say("more", { count: all.length - MOST_ROWS }), ""]);
  const drawn = rows.map(([name, count]) => element("tr", {}, element("td", {}, shown(name)), element("td", {}, count)));
  return element("table", { class: "counts" }, element("tbody", {}, ...drawn));
}

// What to compare with the chat: the key, and the heads. The newest head holds all before it in place.
function drawSeen() {
  const all = bulletins();
  const keys = Array.from(new Set(all.map((each) => each.header.key)));
  const numbers = Array.from(new Set(all.map((each) => each.header.number))).reverse();
  const heads = numbers.map((number) => comparedHead(number, all.filter((each) => each.header.number === number)));
  fill(byId("key"), ...(keys.length ? comparedKey(keys) : []));
  fill(byId("heads"), ...(heads[0] || []));
  if (heads.length > 1) {
    byId("heads").appendChild(folded(say("seen.earlier"), heads.slice(1).reduce((drawn, head) => drawn.concat(head))));
  }
}

function comparedKey(keys) {
  return compared({
    id: "seen-key",
    name: say("seen.key"),
    values: keys.map((key) => groups(fingerprint(key), 4)),
    typed: desk.key,
    keep: (typed) => { desk.key = typed; },
    judge: (typed) => judged(readKey(typed), keys.reduce((both, key) => both.concat(key, fingerprint(key)), [])),
  });
}

function comparedHead(number, bulletinsOfNumber) {
  const heads = Array.from(new Set(bulletinsOfNumber.map((each) => each.head)));
  return compared({
    id: "seen-head-" + number,
    name: say("seen.head_of", { number: number }),
    values: heads.map((head) => groups(head, 8)),
    typed: desk.heads.get(number) || "",
    keep: (typed) => { desk.heads.set(number, typed); },
    judge: (typed) => judged(readHead(typed), heads),
  });
}

function compared(thing) {
  const status = element("p", { role: "status" });
  const field = element("input", {
    id: thing.id, autocomplete: "off", autocapitalize: "none", autocorrect: "off", spellcheck: "false",
    "aria-label": thing.name + ". " + say("seen.in_chat"), placeholder: say("seen.in_chat"),
  });
  const look = () => {
    const answer = thing.judge(field.value);
    status.hidden = !field.value.trim();
    status.className = answer;
    status.textContent = say("seen." + answer);
  };
  const change = () => { thing.keep(field.value); look(); drawVerdict(); };
  field.value = thing.typed;
  field.addEventListener("input", change);
  const isLong = thing.values[0].length > 40;
  const button = element("button", {
    type: "button", class: "small", onclick: () => { field.value = thing.values[0]; change(); },
  }, say("seen.confirm"));
  look();
  return [
    element("h3", {}, thing.name),
    ...thing.values.map((value) => element("span", { class: isLong ? "value long" : "value" }, value)),
    ...(thing.values.length === 1 ? [button] : []),
    field,
    status,
  ];
}

function judged(typed, rights) {
  if (typed === null) return "partial";
  return rights.includes(typed) ? "same" : "other";
}

function groups(hex, length) {
  return hex.match(new RegExp(".{" + length + "}", "g")).join(" ");
}

// Where a proof code stands.
function drawLine() {
  const box = byId("line");
  const sought = desk.sought;
  box.hidden = !sought;
  if (!sought) {
    fill(box);
    return;
  }
  const verdict = verdictOf(sought.findings);
  const places = sought.places.map((place) => say("code.stands", {
    number: place.bulletin.header.number,
    candidate: place.candidate,
    building: sayBuilding(place.building),
  }));
  const told = sought.findings.map(sayFinding);
  const list = (name, texts) => element("ul", { class: name }, ...texts.map((text) => element("li", {}, text)));
  fill(
    box,
    element(
      "div", { class: "answer " + verdict },
      ...(places.length ? [list("places", places)] : []),
      ...(told.length ? [list("told", told)] : []),
      element("p", { class: "faint" }, say("code.gone"))
    ),
    element("button", { type: "button", class: "small", onclick: hideLine }, say("code.hide"))
  );
}

function hideLine() {
  desk.sought = null;
  byId("code").value = "";
  drawLine();
  drawVerdict();
}

exports.draw = draw;
exports.drawLine = drawLine;
exports.drawVerdict = drawVerdict;
exports.hideLine = hideLine;
