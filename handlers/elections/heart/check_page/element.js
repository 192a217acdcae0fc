// Elements of the page; text always becomes text, never markup.
"use strict";

function element(tag, attributes, ...children) {
  const node = document.createElement(tag);
  Object.keys(attributes || {}).forEach((name) => {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), attributes[name]);
    else node.setAttribute(name, attributes[name]);
  });
  children.forEach((child) => node.appendChild(typeof child === "string" ? document.createTextNode(child) : child));
  return node;
}

function byId(id) {
  return document.getElementById(id);
}

function fill(node, ...children) {
  while (node.firstChild) node.removeChild(node.firstChild);
  children.forEach((child) => node.appendChild(child));
}

exports.element = element;
exports.byId = byId;
exports.fill = fill;
