import { element } from "./element.js";

const SHOWN_FOR = 5000;

/** A line over the chat that goes by itself. */
export function toast(text) {
  const node = element("p", { class: "toast" }, text);
  document.getElementById("toasts").replaceChildren(node);
  setTimeout(() => node.remove(), SHOWN_FOR);
}

/** A window that waits to be closed. */
export function alertWindow(text) {
  open(element("p", { id: "alert-text" }, text), closing("OK"));
}

/** It was said to somebody else. */
export function closeAlert() {
  document.getElementById("alert").close();
}

/** Asks before a link leads away from the playground. */
export function leaving(url) {
  const isWeb = /^https?:/i.test(url);
  const go = element("a", { class: "big", href: url, target: "_blank", rel: "noopener noreferrer" }, "Open");
  go.addEventListener("click", () => document.getElementById("alert").close());
  open(
    element("p", { id: "alert-text" }, "This link leads out of the playground:"),
    element("p", { class: "address" }, url),
    closing("Stay here"),
    isWeb ? go : null,
  );
}

const closing = (label) =>
  element("button", { class: "big quiet", type: "button", onclick: () => document.getElementById("alert").close() }, label);

function open(...content) {
  const dialog = document.getElementById("alert");
  if (dialog.open) dialog.close();
  dialog.replaceChildren(...content.filter(Boolean));
  dialog.showModal();
}
