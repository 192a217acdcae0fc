// What lies on the reader's desk: files, what was seen in the chat, and what follows. Nothing of it is
// stored, and the proof code isn't even kept here.
"use strict";

const { against, aboutCode, between, fingerprint, inOrder, lookUp } = require("./chain.js");
const { found, verdictOf } = require("./findings.js");
const { readCode } = require("./proof_codes.js");
const { NoBulletin, read } = require("./reading.js");
const { inOne } = require("./rules.js");

const MOST_BYTES = 16 * 1024 * 1024;
const AT_A_TIME = 30; // milliseconds of work until the phone may draw again

// `other` is the number and head of a bulletin that isn't among the files.
const desk = { files: [], key: "", heads: new Map(), other: null, sought: null };

let since = 0;
async function breathe() {
  if (Date.now() - since < AT_A_TIME) return;
  await new Promise((go) => setTimeout(go, 0));
  since = Date.now();
}

// Read a file and put it on the desk; null stands for bytes that the phone doesn't give.
async function put(name, bytes) {
  const file = { name: name, bulletin: null, findings: [] };
  try {
    if (bytes === null) throw new NoBulletin("failed");
    if (bytes.length > MOST_BYTES) throw new NoBulletin("too_large");
    file.bulletin = await read(bytes, breathe);
    file.findings = await inOne(file.bulletin, breathe);
  } catch (error) {
    // Whatever else a phone comes upon, memory that is too short, the others are checked all the same.
    const isKnown = error instanceof NoBulletin;
    const reason = isKnown ? error.code : "failed";
    file.bulletin = null;
    file.findings = [found("unreadable", { reason: reason, name: isKnown ? error.field : "" })];
  }
  for (const finding of file.findings) finding.file = name;
  desk.files.push(file);
}

// A text that was copied from a file: what stands around it, and a last line end, may be lost on the way.
function bytesOfText(text) {
  return new TextEncoder().encode(text.replace(/^\s+|\s+$/g, "") + "\n");
}

function clear() {
  desk.files = [];
  desk.key = "";
  desk.heads = new Map();
  desk.other = null;
  desk.sought = null;
}

function bulletins() {
  return inOrder(desk.files.map((file) => file.bulletin).filter((each) => each));
}

// Hexadecimal digits as they were typed or pasted; null where they aren't as many as they must be.
function digits(typed, counts) {
  const bare = typed.replace(/\s+/g, "").toLowerCase();
  return /^[0-9a-f]+$/.test(bare) && counts.includes(bare.length) ? bare : null;
}

function readKey(typed) {
  return digits(typed, [20, 64]);
}

function readHead(typed) {
  return digits(typed, [64]);
}

// What was seen in the chat, as far as it can be read.
function seen() {
  const typed = Array.from(desk.heads).concat(desk.other ? [desk.other] : []);
  const heads = typed.map(([number, each]) => [number, readHead(each)]);
  return { key: readKey(desk.key), heads: heads.filter(([, head]) => head !== null) };
}

// Everything that was found, by now.
function findings() {
  const all = bulletins();
  const inside = desk.files.reduce((told, file) => told.concat(file.findings), []);
  return all.length ? inside.concat(between(all), against(seen(), all)) : inside;
}

// Look for a code. What is kept is where it stands, until it is hidden.
async function seek(typed) {
  const all = bulletins();
  const code = readCode(typed);
  if (code === null) {
    desk.sought = { places: [], findings: [found("code_unreadable")] };
    return;
  }
  const places = await lookUp(code, all, breathe);
  desk.sought = { places: places, findings: aboutCode(places, all) };
}

exports.desk = desk;
exports.put = put;
exports.bytesOfText = bytesOfText;
exports.clear = clear;
exports.bulletins = bulletins;
exports.readKey = readKey;
exports.readHead = readHead;
exports.findings = findings;
exports.verdictOf = verdictOf;
exports.fingerprint = fingerprint;
exports.seek = seek;
