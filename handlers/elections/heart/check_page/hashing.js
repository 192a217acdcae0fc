// SHA-256 and Ed25519: what holds a bulletin together.
"use strict";

const { sha256 } = require("./noble/hashes/sha256.js");
const { sha512 } = require("./noble/hashes/sha512.js");
const { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } = require("./noble/hashes/utils.js");
const { CURVE, ExtendedPoint, Point, utils } = require("./noble/ed25519.js");

const AT_ONCE = 256 * 1024;
const SIGN = 0x80;

// The hash of a short text, 64 hexadecimal digits.
function hashOf(text) {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

// The same of bytes that are written in hexadecimal digits.
function hashOfHex(hex) {
  return bytesToHex(sha256(hexToBytes(hex)));
}

// The same of many bytes. `breathe` is awaited in between, so that the phone can draw.
async function hashOfBytes(bytes, breathe) {
  const hash = sha256.create();
  for (let at = 0; at < bytes.length; at += AT_ONCE) {
    hash.update(bytes.subarray(at, at + AT_ONCE));
    await breathe();
  }
  return bytesToHex(hash.digest());
}

function numberOf(littleEndian) {
  return BigInt("0x" + bytesToHex(littleEndian.slice().reverse()));
}

// Points of small order fit to every message: no honest key or signature has one. The sign of x is
// left out, because where x is 0 it has none.
const smallOrder = utils.TORSION_SUBGROUP.map((hex) => heightOf(hexToBytes(hex)));

function heightOf(point) {
  const bytes = point.slice();
  bytes[31] &= ~SIGN;
  return numberOf(bytes);
}

// Whether these 32 bytes are a point as RFC 8032 writes it, each in one way only.
function isPoint(bytes) {
  const height = heightOf(bytes);
  return height < CURVE.P && !smallOrder.includes(height);
}

// Whether the key signed this text; all but the text are hexadecimal digits. One that is written in
// another way than RFC 8032 writes it is none.
async function isSigned(text, signature, key) {
  if (!/^[0-9a-f]{128}$/.test(signature) || !/^[0-9a-f]{64}$/.test(key)) return false;
  const [message, signed, by] = [utf8ToBytes(text), hexToBytes(signature), hexToBytes(key)];
  const isWellWritten =
    isPoint(by) && isPoint(signed.subarray(0, 32)) && numberOf(signed.subarray(32)) < CURVE.l;
  if (!isWellWritten) return false;
  const answer = await askBrowser(message, signed, by);
  return answer === null ? calculate(message, signed, by) : answer;
}

// What the browser says; null where it doesn't know Ed25519, or lends it to no page opened from a file.
async function askBrowser(message, signature, key) {
  const subtle = window.crypto && window.crypto.subtle;
  if (!subtle) return null;
  try {
    const own = await subtle.importKey("raw", key, { name: "Ed25519" }, false, ["verify"]);
    return await subtle.verify({ name: "Ed25519" }, own, signature, message);
  } catch (error) {
    return null;
  }
}

// RFC 8032, 5.1.7, without the factor 8: R is S·B − k·A, byte for byte, as OpenSSL has it.
function calculate(message, signature, key) {
  const start = signature.subarray(0, 32);
  let point;
  try {
    point = ExtendedPoint.fromAffine(Point.fromHex(key));
  } catch (error) {
    return false;
  }
  const k = numberOf(sha512(concatBytes(start, key, message))) % CURVE.l;
  const s = numberOf(signature.subarray(32));
  const found = ExtendedPoint.BASE.multiplyUnsafe(s).subtract(point.multiplyUnsafe(k)).toAffine();
  return bytesToHex(found.toRawBytes()) === bytesToHex(start);
}

exports.hashOf = hashOf;
exports.hashOfHex = hashOfHex;
exports.hashOfBytes = hashOfBytes;
exports.isSigned = isSigned;
exports.calculate = calculate;
