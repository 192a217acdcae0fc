// A bulletin taken apart without judging it, as `bot/domain/elections/bulletins/bulletin.py` does.
"use strict";

const FORMAT = "dvor-bulletin";
const VERSION = "1";
const ONE = "one a person";
const EACH = "one a person for each candidate";
const FIELDS = [
  "election", "title", "number", "last", "date", "rule", "base", "needed", "signatures", "previous", "key",
];
const ROWS_AT_ONCE = 2000;

// A text isn't a whole bulletin of this format; `code` says why.
class NoBulletin extends Error {
  constructor(code, field) {
    super(code);
    this.code = code;
    this.field = field || "";
  }
}

// The bulletin in a file's bytes. `breathe` is awaited in between. Throws NoBulletin.
async function read(bytes, breathe) {
  const text = decode(bytes);
  const rows = text.split("\n");
  await breathe();
  requireFrame(rows);
  const reader = new Reader(rows);
  const fields = {};
  for (const name of FIELDS) fields[name] = reader.one(name);
  const buildings = (await reader.many("building", 2, breathe)).map(([name, eligible]) => [
    name, eligible === "?" ? null : toNumber(eligible),
  ]);
  const totals = (await reader.many("candidate", 2, breathe)).map(([name, total]) => [name, toNumber(total)]);
  const header = {
    election: toElection(fields.election),
    title: fields.title,
    number: toCount(fields.number),
    isLast: toChoice(fields.last, "no", "yes"),
    day: toDay(fields.date),
    rule: fields.rule,
    base: toNumber(fields.base),
    needed: toNumber(fields.needed),
    forEach: toChoice(fields.signatures, ONE, EACH),
    previous: fields.previous === "-" ? null : toHash(fields.previous),
    key: toHash(fields.key),
    buildings: buildings,
  };
  const cells = (await reader.many("cell", 4, breathe)).map(([candidate, building, count, edition]) => ({
    candidate: candidate, building: building, count: toNumber(count), edition: toNumber(edition),
  }));
  const lines = await reader.many("line", 3, breathe);
  for (const line of lines) toHash(line[2]);
  const head = toHash(reader.one("head"));
  const signature = toSignature(reader.one("signed"));
  reader.requireEnd();
  const end = text.slice(text.lastIndexOf("\nhead\t") + 1);
  const body = bytes.subarray(0, bytes.length - new TextEncoder().encode(end).length);
  return { header: header, totals: totals, cells: cells, lines: lines, head: head, signature: signature, body: body };
}

function decode(bytes) {
  if (!bytes.length) throw new NoBulletin("empty");
  let text;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new NoBulletin("not_utf8");
  }
  if (text.includes("\r")) throw new NoBulletin("line_ends");
  return text;
}

function requireFrame(rows) {
  const first = rows[0].split("\t");
  if (first[0] !== FORMAT) throw new NoBulletin("beginning");
  if (first.length !== 2 || first[1] !== VERSION) throw new NoBulletin("version");
  const isWhole = rows.length >= 3 && rows[rows.length - 1] === "" && nameOf(rows[rows.length - 2]) === "signed";
  if (!isWhole) throw new NoBulletin("end");
}

// Takes row after row, in the order of the format.
class Reader {
  constructor(rows) {
    this.rows = rows;
    this.next = 1;
    this.end = rows.length - 1;
  }

  one(name) {
    const fields = this.next < this.end ? this.rows[this.next].split("\t") : [];
    if (fields.length !== 2 || fields[0] !== name) throw new NoBulletin("field", name);
    this.next += 1;
    return fields[1];
  }

  async many(name, count, breathe) {
    const found = [];
    while (this.next < this.end && nameOf(this.rows[this.next]) === name) {
      const fields = this.rows[this.next].split("\t");
      if (fields.length !== count + 1) throw new NoBulletin("fields", name);
      found.push(fields.slice(1));
      this.next += 1;
      if (found.length % ROWS_AT_ONCE === 0) await breathe();
    }
    return found;
  }

  requireEnd() {
    if (this.next !== this.end) throw new NoBulletin("rest");
  }
}

function nameOf(row) {
  const tab = row.indexOf("\t");
  return tab < 0 ? row : row.slice(0, tab);
}

function toNumber(field) {
  if (!/^(?:0|[1-9][0-9]{0,6})$/.test(field)) throw new NoBulletin("number");
  return Number(field);
}

function toCount(field) {
  const number = toNumber(field);
  if (!number) throw new NoBulletin("number");
  return number;
}

function toHash(field) {
  return toDigits(field, 64);
}

function toElection(field) {
  return toDigits(field, 32);
}

function toSignature(field) {
  return toDigits(field, 128);
}

function toDigits(field, count) {
  if (field.length !== count || !/^[0-9a-f]+$/.test(field)) throw new NoBulletin("digits");
  return field;
}

function toDay(field) {
  const found = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(field);
  const [year, month, day] = found ? found.slice(1).map(Number) : [0, 0, 0];
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [0, 31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > days[month]) throw new NoBulletin("date");
  return field;
}

function toChoice(field, no, yes) {
  if (field !== no && field !== yes) throw new NoBulletin("choice");
  return field === yes;
}

exports.read = read;
exports.NoBulletin = NoBulletin;
