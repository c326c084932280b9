// Elements. Whatever comes from outside becomes text: nothing here reads markup.

const SVG = "http://www.w3.org/2000/svg";

/** An element: h("a", { class: "hash", href: "#/x", onclick: f }, "text", child, …). Null and false are left out. */
export const h = (tag, properties = {}, ...children) => fill(document.createElement(tag), properties, children);

/** The same of SVG. */
export const s = (tag, properties = {}, ...children) => fill(document.createElementNS(SVG, tag), properties, children);

/** Puts new children in place of all that an element has. */
export const put = (element, ...children) => {
  element.replaceChildren(...nodes(children));
  return element;
};

/**
 * As put, but what stays what it was is kept: whoever has marked a word, opened a detail, scrolled, or stands on a button with the keyboard is
 * not disturbed by a number that changes. The children must be new ones.
 */
export const patch = (element, ...children) => {
  patchChildren(element, nodes(children));
  return element;
};

/** Draws anew, and sets the keyboard where it was: on the element of the same link or name. */
export const keepFocus = (root, draw) => {
  const held = root.contains(document.activeElement) ? nameOf(document.activeElement) : null;
  draw();
  if (held) [...root.querySelectorAll("a, button")].find(element => nameOf(element) === held)?.focus({ preventScroll: true });
};

const nameOf = element => element.getAttribute("href") ?? element.getAttribute("aria-label");

/** Sets a text only where it changes: a reader of the screen is not told the same twice. */
export const say = (element, text) => {
  if (element.textContent !== text) element.textContent = text;
};

/** Sets an attribute only where it changes. */
export const mark = (element, name, value) => {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
};

const fill = (element, properties, children) => {
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element[name] = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...nodes(children));
  return element;
};

const nodes = children => children.flat(Infinity)
  .filter(child => child !== null && child !== undefined && child !== false)
  .map(child => child instanceof Node ? child : document.createTextNode(String(child)));

const HANDLERS = ["onclick", "onsubmit", "onchange", "oninput"];

const patchChildren = (element, wanted) => {
  const had = [...element.childNodes];
  wanted.forEach((node, i) => {
    const old = had[i];
    if (!old) element.append(node);
    else if (old.nodeName !== node.nodeName || old.id !== node.id) old.replaceWith(node);
    else if (old !== node) patchNode(old, node);
  });
  for (const old of had.slice(wanted.length)) old.remove();
};

const patchNode = (old, node) => {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.nodeValue !== node.nodeValue) old.nodeValue = node.nodeValue;
    return;
  }
  const isPersons = name => name === "style" || (name === "open" && old.nodeName === "DETAILS");
  for (const { name } of [...old.attributes]) if (!node.hasAttribute(name) && !isPersons(name)) old.removeAttribute(name);
  for (const { name, value } of node.attributes) if (!isPersons(name)) mark(old, name, value);
  // Styles are set as properties: the policy refuses the attribute.
  if (old.style.cssText !== node.style.cssText) old.style.cssText = node.style.cssText;
  for (const handler of HANDLERS) old[handler] = node[handler];
  patchChildren(old, [...node.childNodes]);
};
