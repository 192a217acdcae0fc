// Names that could be taken for each other. A note only, and a rough one: the audit of the bot's program
// knows all of Unicode's look-alikes, this page the letters that people here write with.
"use strict";

const LONGEST = 200; // signs of a name that are compared: a file from anywhere may hold one of megabytes

const TAKEN_FOR = {};
for (const [letters, latin] of [
  ["АВЕЅІЈКМНОРСТУҮХԜԚҺ", "ABESlJKMHOPCTYYXWQh"],
  ["асеһіјорѕухѵԁԛԝӏԍ", "acehijopsyxvdqwlg"],
  ["ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHlKMNOPTYX"],
  ["αγικνορυχ", "ayiKvopux"],
  ["ІI1|ӀǀΙ", "lllllll"],
  ["0Ο", "OO"],
]) {
  const counterparts = Array.from(latin);
  Array.from(letters).forEach((letter, at) => { TAKEN_FOR[letter] = counterparts[at]; });
}
TAKEN_FOR.m = "rn";
TAKEN_FOR.w = "vv";

// Marks that are set on letters, and what draws nothing.
const UNSEEN = new RegExp(
  "[\\u00ad\\u0300-\\u036f\\u0483-\\u0489\\u034f\\u061c\\u115f\\u1160\\u180b-\\u180f\\u1ab0-\\u1aff" +
  "\\u1dc0-\\u1dff\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\u20d0-\\u20ff\\u2de0-\\u2dff\\u2800" +
  "\\u3164\\ua66f-\\ua67d\\ufe00-\\ufe0f\\ufe20-\\ufe2f\\ufeff\\uffa0\\ufff0-\\ufff8\\ufffc]", "g"
);

// Pairs of names that look alike, each name with the first that it could be taken for. In buildings blanks
// and digits count.
function alike(names, isBuilding) {
  const first = new Map();
  const pairs = [];
  for (const name of names) {
    const looks = Array.from(new Set(looksOf(name, isBuilding)));
    const other = looks.map((look) => first.get(look)).find((known) => known !== undefined);
    if (other === undefined) looks.forEach((look) => first.set(look, name));
    else pairs.push([other, name]);
  }
  return pairs;
}

// What a name is taken for: as it stands, in small letters, and in capitals.
function looksOf(name, isBuilding) {
  const seen = name.slice(0, LONGEST).normalize("NFKD").replace(UNSEEN, "").trim();
  const numbers = isBuilding ? seen.replace(/[^0-9]/g, "") : (seen.match(/[0-9]{2,}/g) || []).join(" ");
  return [seen, seen.toLowerCase(), seen.toUpperCase()].map((folded) => {
    const read = Array.from(folded, (letter) => TAKEN_FOR[letter] || letter).join("");
    return read.replace(/\s+/g, isBuilding ? " " : "") + "\n" + numbers;
  });
}

exports.alike = alike;
