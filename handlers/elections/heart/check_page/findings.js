// What may be found, how grave it is, and what several rules need.
"use strict";

const { kinds } = require("./data.js");

const VERDICTS = ["holds", "cannot_tell", "unreadable", "wrong"];

// One thing that was found: its code, its weight, and what its words need.
function found(code, about) {
  return { code: code, verdict: kinds[code], about: about || {} };
}

// The gravest verdict among the findings.
function verdictOf(findings) {
  const gravity = findings.map((each) => VERDICTS.indexOf(each.verdict));
  return VERDICTS[gravity.reduce((most, each) => Math.max(most, each), 0)];
}

// The order of Python's strings. By itself JavaScript compares halves of characters.
function byCodePoint(one, other) {
  const length = Math.min(one.length, other.length);
  for (let at = 0; at < length; at += 1) {
    const [first, second] = [one.charCodeAt(at), other.charCodeAt(at)];
    if (first !== second) return height(first) - height(second);
  }
  return one.length - other.length;
}

// Surrogates stand for what is above all other characters.
function height(unit) {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit;
}

// The same of rows, field by field.
function byFields(one, other) {
  for (let at = 0; at < one.length; at += 1) {
    const order = byCodePoint(one[at], other[at]);
    if (order) return order;
  }
  return 0;
}

class Counter {
  constructor() {
    this.counts = new Map();
  }

  add(name, number) {
    this.counts.set(name, this.of(name) + number);
  }

  of(name) {
    return this.counts.get(name) || 0;
  }

  keys() {
    return this.counts.keys();
  }

  most() {
    let most = 0;
    this.counts.forEach((count) => { most = Math.max(most, count); });
    return most;
  }
}

exports.found = found;
exports.verdictOf = verdictOf;
exports.byCodePoint = byCodePoint;
exports.byFields = byFields;
exports.Counter = Counter;
