// Proof codes, read forgivingly: Crockford's base 32 (crockford.com/base32.html).
"use strict";

const CODE = /^[0-9A-HJKMNP-TV-Z]{16}$/;
const PARTS = /[\s\x1c-\x1f\x85\-\u2010-\u2014\u2212]/g;
const MISREAD = { I: "1", L: "1", O: "0" };

// The code in what was typed, as it is hashed; null where it can't be one.
function readCode(typed) {
  const signs = typed.replace(PARTS, "").toUpperCase().replace(/[ILO]/g, (sign) => MISREAD[sign]);
  return CODE.test(signs) ? signs : null;
}

exports.readCode = readCode;
