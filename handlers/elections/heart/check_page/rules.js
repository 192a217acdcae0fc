// What a sceptic asks of one bulletin by itself, as `bot/domain/elections/bulletins/audit.py` does.
"use strict";

const { hashOfBytes, isSigned } = require("./hashing.js");
const { alike } = require("./look_alikes.js");
const { byCodePoint, byFields, Counter, found } = require("./findings.js");

const OTHER = "other";
const MAX_BASE = BigInt(1000000);
const ROWS_AT_ONCE = 2000;
const ASKED =
  /^(?:(at least|more than) ([1-9][0-9]{0,6})\/([1-9][0-9]{0,6}) of [a-z]+|([1-9][0-9]{0,6}) of [a-z]+)$/;

// Everything that is wrong or to be asked in one bulletin by itself.
async function inOne(bulletin, breathe) {
  const header = bulletin.header;
  const findings = [];
  const say = (code, about) => findings.push(found(code, Object.assign({ number: header.number }, about)));
  const hash = await hashOfBytes(bulletin.body, breathe);
  bulletin.id = bulletin.head + " " + hash;
  if (hash !== bulletin.head) say("head_differs");
  if (!(await isSigned("dvor-bulletin 1 head " + bulletin.head, bulletin.signature, header.key))) {
    say("signature_differs");
  }
  headFaults(header, say);
  await orderFaults(bulletin, say, breathe);
  await countFaults(bulletin, say, breathe);
  await capFaults(bulletin, say, breathe);
  notes(bulletin, say);
  return findings;
}

function headFaults(header, say) {
  if ((header.number === 1) !== (header.previous === null)) say("previous_misplaced");
  const needed = neededBy(header.rule, header.base);
  if (needed === null) say("rule_unclear", { rule: header.rule });
  else if (needed !== BigInt(header.needed)) {
    say("needed_differs", { needed: String(needed), base: header.base, stated: header.needed });
  }
}

// How many signatures a rule asks of a base; null where it can't be understood.
function neededBy(rule, base) {
  const match = ASKED.exec(rule);
  if (match === null) return null;
  const [, how, part, whole, flat] = match;
  if (flat) return BigInt(flat);
  const [numerator, denominator, all] = [part, whole, base].map((each) => BigInt(each));
  const isStrict = how === "more than";
  const isShare = numerator < denominator || (numerator === denominator && !isStrict);
  if (!isShare || base < 1 || all > MAX_BASE) return null;
  const one = BigInt(1);
  if (isStrict) return (all * numerator) / denominator + one;
  return (all * numerator + denominator - one) / denominator;
}

async function orderFaults(bulletin, say, breathe) {
  const names = (rows) => rows.map((row) => [row[0]]);
  for (const [what, rows] of [
    ["buildings", names(bulletin.header.buildings)],
    ["candidates", names(bulletin.totals)],
    ["cells", bulletin.cells.map((cell) => [cell.candidate, cell.building])],
    ["lines", bulletin.lines],
  ]) {
    const seen = new Set();
    let isSorted = true;
    for (let at = 0; at < rows.length; at += 1) {
      if (at && byFields(rows[at - 1], rows[at]) > 0) isSorted = false;
      seen.add(rows[at].join("\t"));
      if (at % ROWS_AT_ONCE === 0) await breathe();
    }
    if (!isSorted) say("unsorted", { what: what });
    if (seen.size < rows.length) say("twice", { what: what, count: rows.length - seen.size });
    if (what === "lines" && new Set(rows.map((row) => row[2])).size < seen.size) say("hash_twice");
  }
}

async function countFaults(bulletin, say, breathe) {
  const [byCandidate, byCell, sums] = [new Counter(), new Counter(), new Counter()];
  const buildings = new Set();
  for (let at = 0; at < bulletin.lines.length; at += 1) {
    const [candidate, building] = bulletin.lines[at];
    byCandidate.add(candidate, 1);
    byCell.add(candidate + "\t" + building, 1);
    buildings.add(building);
    if (at % ROWS_AT_ONCE === 0) await breathe();
  }
  for (const cell of bulletin.cells) sums.add(cell.candidate, cell.count);
  for (const [name, stated] of bulletin.totals) {
    const [lines, sum] = [byCandidate.of(name), sums.of(name)];
    if (lines !== stated) say("total_differs", { candidate: name, lines: lines, stated: stated });
    if (sum !== stated) say("sum_differs", { candidate: name, sum: sum, stated: stated });
  }
  cellFaults(bulletin, byCell, say);
  const listed = new Set([OTHER].concat(bulletin.header.buildings.map((row) => row[0])));
  for (const name of missingFrom(listed, buildings)) say("building_unlisted", { building: name });
  const candidates = new Set(bulletin.totals.map((row) => row[0]));
  for (const name of missingFrom(candidates, byCandidate.keys())) say("candidate_unlisted", { candidate: name });
}

function cellFaults(bulletin, byCell, say) {
  const stated = new Set();
  for (const { candidate, building, count, edition } of bulletin.cells) {
    const key = candidate + "\t" + building;
    const cell = { candidate: candidate, building: building };
    stated.add(key);
    if (byCell.of(key) !== count) {
      say("count_differs", Object.assign(cell, { lines: byCell.of(key), stated: count }));
    }
    if (edition < 1 || edition > bulletin.header.number) {
      say("edition_ahead", Object.assign(cell, { edition: edition }));
    }
  }
  for (const key of missingFrom(stated, byCell.keys())) {
    const [candidate, building] = key.split("\t");
    say("cell_unstated", { candidate: candidate, building: building });
  }
}

// What isn't among these, sorted.
function missingFrom(known, all) {
  return Array.from(all).filter((each) => !known.has(each)).sort(byCodePoint);
}

// Nowhere can more sign than live there; where one may sign for each candidate, none can have more.
async function capFaults(bulletin, say, breathe) {
  const header = bulletin.header;
  const caps = new Map(header.buildings);
  const [inBuildings, together] = [new Map(), new Counter()];
  for (let at = 0; at < bulletin.lines.length; at += 1) {
    const [candidate, building] = bulletin.lines[at];
    const one = header.forEach ? candidate : "";
    if (!inBuildings.has(building)) inBuildings.set(building, new Counter());
    inBuildings.get(building).add(one, 1);
    together.add(one, 1);
    if (at % ROWS_AT_ONCE === 0) await breathe();
  }
  for (const building of Array.from(inBuildings.keys()).sort(byCodePoint)) {
    const [cap, most] = [caps.get(building), inBuildings.get(building).most()];
    if (typeof cap === "number" && most > cap) say("over_cap", { building: building, lines: most, cap: cap });
  }
  if (together.most() > header.base) say("over_base", { lines: together.most(), base: header.base });
}

// What is allowed, though somebody should say why.
function notes(bulletin, say) {
  const header = bulletin.header;
  const namesOf = (rows) => Array.from(new Set(rows.map((row) => row[0])));
  for (const [one, other] of alike(namesOf(bulletin.totals), false)) {
    say("candidates_alike", { one: one, other: other });
  }
  for (const [one, other] of alike([OTHER].concat(namesOf(header.buildings)), true)) {
    say("buildings_alike", { one: one, other: other });
  }
  const caps = header.buildings.map((row) => row[1]);
  const sum = caps.reduce((all, cap) => all + (cap || 0), 0);
  const isWhole = caps.length > 0 && caps.every((cap) => cap !== null);
  if (sum > header.base || (isWhole && sum < header.base)) {
    say("base_unlike_buildings", { sum: sum, base: header.base });
  }
}

exports.inOne = inOne;
