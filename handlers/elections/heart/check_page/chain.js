// What a sceptic asks of several bulletins together, as `bot/domain/elections/bulletins/chain.py` does.
"use strict";

const { hashOf, hashOfHex } = require("./hashing.js");
const { byCodePoint, found } = require("./findings.js");

// By number, then by head; the same one twice counts once.
function inOrder(bulletins) {
  const different = new Map();
  for (const each of bulletins) different.set(each.id, each);
  return Array.from(different.values()).sort(
    (one, other) => one.header.number - other.header.number || byCodePoint(one.head, other.head)
  );
}

// What is wrong, open or to be asked between bulletins in order.
function between(bulletins) {
  const findings = [];
  const say = (code, about) => findings.push(found(code, about));
  for (const [code, name] of [["elections_differ", "election"], ["keys_differ", "key"]]) {
    const count = new Set(bulletins.map((each) => each.header[name])).size;
    if (count > 1) say(code, { count: count });
  }
  const first = bulletins.length ? bulletins[0].header.number : 1;
  if (first > 1) say("beginning_missing", { first: 1, last: first - 1 });
  for (let at = 1; at < bulletins.length; at += 1) betweenTwo(bulletins[at - 1], bulletins[at], say);
  return findings;
}

function betweenTwo(earlier, later, say) {
  const [before, after] = [earlier.header, later.header];
  const numbers = { earlier: before.number, number: after.number };
  const note = (code, about) => say(code, Object.assign({}, numbers, about));
  if (before.number === after.number) {
    say("number_twice", { number: before.number });
    return;
  }
  contradictions(before, after).forEach((code) => note(code));
  if (after.number > before.number + 1) say("gap", { first: before.number + 1, last: after.number - 1 });
  else if (after.previous !== earlier.head) note("not_following");
  for (const { candidate, building, edition } of later.cells) {
    const key = candidate + "\t" + building;
    // Word for word since then, and so in every bulletin in between.
    if (edition <= before.number && !isSameCell(cellsOf(later).get(key), cellsOf(earlier).get(key))) {
      say("cell_rewritten", { number: after.number, candidate: candidate, building: building });
    }
  }
  changesOfBase(before, after, note);
  changesOfCandidates(earlier, later, note);
}

// What may never change within an election. By size of the base one rule may ask for another share.
function contradictions(before, after) {
  return [
    ["after_last", before.isLast],
    ["day_earlier", after.day < before.day],
    ["title_changed", after.title !== before.title],
    ["rule_changed", before.base === after.base && after.rule !== before.rule],
    ["signing_changed", after.forEach !== before.forEach],
  ].filter(([, isSo]) => isSo).map(([code]) => code);
}

function changesOfBase(before, after, note) {
  if (after.base !== before.base) {
    note("base_changed", {
      base: after.base, needed: after.needed, base_before: before.base, needed_before: before.needed,
    });
  }
  const [old, fresh] = [new Map(before.buildings), new Map(after.buildings)];
  const names = Array.from(new Set(Array.from(old.keys()).concat(Array.from(fresh.keys()))));
  for (const name of names.sort(byCodePoint)) {
    const [cap, capBefore] = [told(fresh.get(name)), told(old.get(name))];
    if (!fresh.has(name)) note("building_gone", { building: name });
    else if (!old.has(name)) note("building_new", { building: name, cap: cap });
    else if (cap !== capBefore) note("cap_changed", { building: name, cap: cap, cap_before: capBefore });
  }
}

function told(cap) {
  return typeof cap === "number" ? String(cap) : "?";
}

function changesOfCandidates(earlier, later, note) {
  const totals = new Map(later.totals);
  for (const [name, before] of earlier.totals) {
    if (!totals.has(name)) note("candidate_gone", { candidate: name, lines_before: before });
    else if (totals.get(name) < before) {
      note("candidate_shrunk", { candidate: name, lines: totals.get(name), lines_before: before });
    }
  }
  if (earlier.lines.length && !later.lines.length) note("all_gone", { lines_before: earlier.lines.length });
}

// The lines by cell; lines of a cell that isn't stated belong to edition 0.
function cellsOf(bulletin) {
  if (!bulletin.byCell) {
    const editions = new Map(bulletin.cells.map((cell) => [cell.candidate + "\t" + cell.building, cell.edition]));
    bulletin.byCell = new Map();
    for (const [candidate, building, hash] of bulletin.lines) {
      const key = candidate + "\t" + building;
      if (!bulletin.byCell.has(key)) {
        bulletin.byCell.set(key, {
          candidate: candidate, building: building, edition: editions.get(key) || 0, hashes: new Set(),
        });
      }
      bulletin.byCell.get(key).hashes.add(hash);
    }
  }
  return bulletin.byCell;
}

function isSameCell(one, other) {
  if (!one || !other) return one === other;
  if (one.edition !== other.edition || one.hashes.size !== other.hashes.size) return false;
  return Array.from(one.hashes).every((hash) => other.hashes.has(hash));
}

// A public key in short, to compare by eye.
function fingerprint(key) {
  return hashOfHex(key).slice(0, 20);
}

// Whether these are the bulletins that were seen in the chat. `seen` has a key or its fingerprint, or null,
// and heads as pairs of number and head.
function against(seen, bulletins) {
  const findings = [];
  const present = new Set(bulletins.map((each) => each.header.number));
  if (seen.key === null && !seen.heads.some(([number]) => present.has(number))) {
    findings.push(found("signer_unknown"));
  }
  for (const { header } of bulletins) {
    if (seen.key !== null && seen.key !== header.key && seen.key !== fingerprint(header.key)) {
      findings.push(found("other_key", { number: header.number }));
    }
  }
  for (const [number, head] of seen.heads) {
    if (!present.has(number)) findings.push(found("head_without_file", { number: number }));
    const heads = bulletins.filter((each) => each.header.number === number).map((each) => each.head);
    const after = bulletins.filter((each) => each.header.number === number + 1);
    const named = heads.concat(after.map((each) => each.header.previous));
    if (named.some((each) => each !== head)) findings.push(found("other_head", { number: number }));
  }
  return findings;
}

// Where a proof code stands, in bulletins in order: a list of bulletin, candidate and building.
async function lookUp(code, bulletins, breathe) {
  const places = [];
  for (const bulletin of bulletins) {
    for (const [, cell] of cellsOf(bulletin)) {
      const fields = [
        "dvor-bulletin-line 1", bulletin.header.election, cell.edition, cell.candidate, cell.building, code,
      ];
      if (cell.hashes.has(hashOf(fields.join("\t")))) {
        places.push({ bulletin: bulletin, candidate: cell.candidate, building: cell.building });
      }
      await breathe();
    }
  }
  return places;
}

// Whether a proof code stands where it should: once in the newest bulletin, twice in none.
function aboutCode(places, bulletins) {
  const findings = [];
  const countIn = (bulletin) => places.filter((place) => place.bulletin === bulletin).length;
  for (const bulletin of bulletins) {
    const count = countIn(bulletin);
    if (count > 1) findings.push(found("code_twice", { number: bulletin.header.number, count: count }));
  }
  const newest = bulletins[bulletins.length - 1];
  if (newest && !countIn(newest)) findings.push(found("code_missing", { number: newest.header.number }));
  return findings;
}

exports.inOrder = inOrder;
exports.between = between;
exports.fingerprint = fingerprint;
exports.against = against;
exports.lookUp = lookUp;
exports.aboutCode = aboutCode;
