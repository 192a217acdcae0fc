// What the page says, in the reader's language.
"use strict";

const { languages, words } = require("./data.js");

const LONGEST = 500; // signs of a name that are shown
const STEERING = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

let language = null;

// The language of the browser, as far as the page speaks it.
function choose() {
  const wanted = (navigator.languages || [navigator.language || ""]).map((each) => each.split("-")[0].toLowerCase());
  speak(wanted.find((each) => each in words) || "en");
}

function speak(chosen) {
  language = chosen;
  document.documentElement.lang = chosen;
}

// The text of a key, its placeholders filled. It becomes text, never markup.
function say(key, about) {
  const text = words[language][key];
  return text.replace(/\{(\w+)\}/g, (_, name) => shown(about[name]));
}

// A name without what could turn the sentence around that it stands in.
function shown(value) {
  const text = String(value).replace(STEERING, "\ufffd");
  return text.length > LONGEST ? text.slice(0, LONGEST) + "…" : text;
}

function has(key) {
  return key in words[language];
}

// A day as people write it in all three languages.
function sayDay(day) {
  return day.split("-").reverse().join(".");
}

// What was found, in a sentence.
function sayFinding(finding) {
  const about = Object.assign({}, finding.about);
  if ("building" in about) about.building = sayBuilding(about.building);
  for (const name of ["one", "other"]) if (about[name] === "other") about[name] = sayBuilding("other");
  if ("what" in about) about.what = say("what." + about.what);
  if (finding.code === "unreadable") return say("unreadable." + about.reason, about);
  const isOne = "first" in about && about.first === about.last;
  return say("finding." + finding.code + (isOne && has("finding." + finding.code + "_one") ? "_one" : ""), about);
}

function sayBuilding(building) {
  return building === "other" ? say("building.other") : building;
}

exports.languages = languages;
exports.current = () => language;
exports.choose = choose;
exports.speak = speak;
exports.say = say;
exports.shown = shown;
exports.sayDay = sayDay;
exports.sayFinding = sayFinding;
exports.sayBuilding = sayBuilding;
