/** Build a DOM element; text always becomes text, never markup. */
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** A circle with the first letter of a name. */
export function avatar(name, colour, shape = "") {
  const letter = [...name][0] ?? "?";
  return element("span", { class: `avatar c${colour} ${shape}`, "aria-hidden": "true" }, letter);
}
