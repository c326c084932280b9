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
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...nodes(children));
  return element;
};

const nodes = children => children.flat(Infinity)
  .filter(child => child !== null && child !== undefined && child !== false)
  .map(child => child instanceof Node ? child : document.createTextNode(String(child)));
