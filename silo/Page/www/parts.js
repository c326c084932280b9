// Parts that several sections are made of.

import { h, put } from "./dom.js";
import { UNKNOWN, short } from "./format.js";

const MANY = 20;

/** A part of a section with a heading; its children follow. */
export const card = (name, about, ...children) => h("section", { class: "card" },
  h("header", {}, h("h2", {}, name), about && h("p", {}, about)), children);

/** Names and values: [[name, value], …], of which a value may be text or an element; those that are null are left out. */
export const facts = pairs => h("dl", { class: "facts" }, pairs.filter(pair => pair && pair[1] !== null && pair[1] !== undefined)
  .map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]));

/** A small number with its name and a note: { name, value, note }. */
export const tiles = list => h("dl", { class: "tiles" }, list.map(({ name, value, note }) =>
  h("div", { class: "tile" }, h("dt", {}, name), h("dd", {}, h("div", { class: "value" }, value), h("div", { class: "note" }, note ?? "")))));

/** A table of rows that all fit, or are scrolled through where there are many: columns are { name, class }, rows lists of cells. */
export const table = (label, columns, rows, none) => rows.length === 0
  ? h("p", { class: "empty" }, none)
  : h("div", { class: rows.length > MANY ? "scroll tall" : "scroll", role: "region", "aria-label": label, tabindex: 0 }, h("table", { "aria-label": label },
    h("thead", {}, h("tr", {}, columns.map(column => h("th", { scope: "col", class: column.class }, column.name)))),
    h("tbody", {}, rows.map(cells => h("tr", {}, cells.map((cell, i) => h("td", { class: columns[i].class }, cell ?? UNKNOWN)))))));

/** A block's hash that leads to it. */
export const blockLink = (hash, text = short(hash)) => h("a", { class: "hash", href: `#/block/${encodeURIComponent(hash)}` }, text);

/** Bytes that are too long to be read, whole in a line that scrolls. */
export const hex = value => h("span", { class: "mono" }, value ?? UNKNOWN);

/** What stands where something could not be had. */
export const problem = (root, error, what) => put(root, h("p", { class: "empty" }, error.isMissing ? what : error.message));
