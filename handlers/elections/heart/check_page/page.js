// What the reader does on the page.
"use strict";

const { bytesOfText, clear, desk, put, seek } = require("./desk.js");
const { draw, drawLine, drawVerdict, hideLine } = require("./drawing.js");
const { byId } = require("./element.js");
const { choose, say } = require("./words.js");

// One after the other: whoever picks more files while some are read gets all of them.
let work = Promise.resolve();
function then(does) {
  work = work.then(does);
}

function readAll(sources) {
  then(async () => {
    desk.sought = null;
    const [note, progress] = byId("busy").children;
    byId("busy").hidden = false;
    for (let at = 0; at < sources.length; at += 1) {
      note.textContent = say("files.reading", { name: sources[at].name });
      if (sources.length > 1) progress.value = at / sources.length;
      else progress.removeAttribute("value");
      await put(sources[at].name, await sources[at].load());
    }
    byId("busy").hidden = true;
    draw();
    byId("verdict").focus({ preventScroll: true });
    byId("verdict").scrollIntoView({ block: "start" });
  });
}

function bytesOf(file) {
  return new Promise((give) => {
    const reader = new FileReader();
    reader.onload = () => give(new Uint8Array(reader.result));
    reader.onerror = () => give(null);
    reader.readAsArrayBuffer(file);
  });
}

function pick() {
  const picked = Array.from(byId("files").files);
  byId("files").value = "";
  if (picked.length) readAll(picked.map((file) => ({ name: file.name, load: () => bytesOf(file) })));
}

function addText() {
  const text = byId("text").value;
  byId("text").value = "";
  if (text.trim()) readAll([{ name: say("paste.name"), load: () => bytesOfText(text) }]);
}

function keepOther() {
  const number = Number(byId("number").value.trim());
  desk.other = Number.isInteger(number) && number > 0 ? [number, byId("head").value] : null;
  drawVerdict();
}

function search(event) {
  event.preventDefault();
  const typed = byId("code").value;
  byId("code").value = "";
  if (!typed.trim()) return;
  then(async () => {
    await seek(typed);
    drawLine();
    drawVerdict();
  });
}

function startAgain() {
  clear();
  for (const id of ["text", "number", "head", "code"]) byId(id).value = "";
  draw();
  window.scrollTo(0, 0);
}

byId("files").addEventListener("change", pick);
byId("add").addEventListener("click", addText);
byId("number").addEventListener("input", keepOther);
byId("head").addEventListener("input", keepOther);
byId("search").addEventListener("submit", search);
byId("again").addEventListener("click", startAgain);
// Whoever takes up the phone later finds neither the code nor where it stands.
window.addEventListener("pagehide", hideLine);
document.addEventListener("visibilitychange", () => { if (document.hidden) hideLine(); });

choose();
draw();
byId("unable").hidden = true;
byId("able").hidden = false;
