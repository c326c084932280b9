// A table with as many rows as there are blocks, of which only those in sight exist. Rows are fetched in pages as they come into sight.

import { h, keepFocus, put, mark } from "./dom.js";

const ROW = 36;
const PAGE = 50;
const BEYOND = 8;

/**
 * columns: [{ name, class }]; load(first, count): promise of rows from an index on; draw(row, index): the cells of a row.
 * Returns { element, resize(total, isGrown) }: how many rows there are; isGrown says that new ones came at the top.
 */
export const windowOf = ({ label, columns, load, draw }) => {
  const body = h("tbody");
  const table = h("table", { class: "many", "aria-label": label }, h("thead", {}, h("tr", {}, columns.map(column => h("th", { scope: "col", class: column.class }, column.name)))), body);
  const scroll = h("div", { class: "scroll tall", tabindex: 0, role: "region", "aria-label": label }, table);
  const pages = new Map();
  let total = 0;
  let fresh = 0;
  let planned = false;

  const rowAt = index => pages.get(Math.floor(index / PAGE))?.rows?.[index % PAGE];

  const want = async page => {
    if (pages.has(page)) return;
    const entry = { rows: null };
    pages.set(page, entry);
    try {
      entry.rows = await load(page * PAGE, PAGE);
    } catch {
      if (pages.get(page) === entry) pages.delete(page);
      return;
    }
    if (pages.get(page) === entry) plan();
  };

  const show = () => {
    planned = false;
    const first = Math.max(0, Math.floor(scroll.scrollTop / ROW) - BEYOND);
    const last = Math.min(total, Math.ceil((scroll.scrollTop + scroll.clientHeight) / ROW) + BEYOND);
    for (let page = Math.floor(first / PAGE); page * PAGE < last; page++) void want(page);
    const rows = [];
    for (let index = first; index < last; index++) {
      const row = rowAt(index);
      rows.push(h("tr", { "aria-rowindex": index + 2, class: index < fresh ? "fresh" : null },
        row ? draw(row, index) : h("td", { colspan: columns.length, class: "soft" }, "…")));
    }
    fresh = 0;
    if (total === 0) rows.push(h("tr", {}, h("td", { colspan: columns.length, class: "soft" }, "There is none yet.")));
    keepFocus(body, () => put(body, gap(first), rows, gap(total - last)));
  };

  const gap = count => {
    if (count <= 0) return null;
    const row = h("tr", { class: "gap", "aria-hidden": "true" }, h("td", { colspan: columns.length }));
    row.style.height = `${count * ROW}px`;
    return row;
  };

  const plan = () => {
    if (planned) return;
    planned = true;
    requestAnimationFrame(show);
  };

  scroll.addEventListener("scroll", plan, { passive: true });
  return {
    element: scroll,
    /** Forgets what it has and reads again. */
    resize(newTotal, newRows = 0) {
      total = newTotal;
      fresh = newRows;
      pages.clear();
      mark(table, "aria-rowcount", String(total + 1));
      plan();
    },
  };
};
