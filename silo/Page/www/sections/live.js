// Live: what happens, as it happens; of wire messages too, with filters.

import { h, put, say } from "../dom.js";
import { follow } from "../api.js";
import { count, plural, short, words } from "../format.js";
import { card } from "../parts.js";

const TYPES = ["tip", "block", "challenge", "proof", "vdf", "peer", "sync", "message"];
const MOST = 500;

const open = root => {
  const chosen = new Set(TYPES);
  const body = h("tbody");
  const told = h("span", { class: "soft", role: "status" });
  const filter = h("input", { id: "filter", type: "search", autocomplete: "off", placeholder: "role, peer, name", oninput: () => plan() });
  const pause = h("button", { type: "button", "aria-pressed": "false", onclick: () => setPaused(!isPaused) }, "Pause");
  let events = [];
  let isPaused = false;
  let isPlanned = false;
  let stream = null;

  const setPaused = value => {
    isPaused = value;
    pause.setAttribute("aria-pressed", String(value));
    say(pause, value ? "Go on" : "Pause");
    plan();
  };

  const draw = () => {
    isPlanned = false;
    if (isPaused) return;
    const wanted = filter.value.trim().toLowerCase();
    const shown = events.filter(event => wanted.length === 0 || event.text.toLowerCase().includes(wanted));
    say(told, `${plural(shown.length, "event")}${shown.length < events.length ? ` of ${count(events.length)}` : ""}`);
    put(body, shown.length > 0 ? shown.slice(0, MOST).map(row) : h("tr", {}, h("td", { colspan: 3, class: "soft wrap" },
      chosen.size === 0 ? "No kind of event is chosen." : events.length > 0 ? "No event has these words." : "Nothing has happened yet; what does is shown here at once.")));
  };

  const plan = () => {
    if (isPlanned) return;
    isPlanned = true;
    requestAnimationFrame(draw);
  };

  const listen = () => {
    stream?.close();
    stream = chosen.size === 0 ? null : follow([...chosen], (type, data, id) => {
      events = [{ type, id, data, at: new Date(), text: `${type} ${describe(data)} ${data?.peer ?? ""}` }, ...events].slice(0, MOST);
      plan();
    });
  };

  const choose = type => event => {
    if (event.target.checked) chosen.add(type);
    else chosen.delete(type);
    listen();
    plan();
  };

  put(root, card("Live", "what happens on this node, newest first",
    h("fieldset", { class: "row plain" }, h("legend", { class: "unseen" }, "Kinds of events"),
      TYPES.map(type => h("label", { class: "tick" }, h("input", { type: "checkbox", checked: true, onchange: choose(type) }), type))),
    h("div", { class: "row" }, h("label", { for: "filter" }, "Only with"), filter, pause,
      h("button", { type: "button", onclick: () => { events = []; plan(); } }, "Clear"), told),
    h("div", { class: "scroll tall", tabindex: 0, role: "region", "aria-label": "Events" }, h("table", { "aria-label": "Events" },
      h("thead", {}, h("tr", {}, ["Time", "Kind", "What"].map(name => h("th", { scope: "col", class: name === "What" ? null : "narrow" }, name)))), body))));
  listen();
  draw();
  return () => stream?.close();
};

const row = event => h("tr", {},
  h("td", {}, event.at.toLocaleTimeString("en-GB")),
  h("td", {}, h("span", { class: "chip" }, event.type)),
  h("td", { class: "wrap" }, describe(event.data)));

/** Fields that stand beside the line; a peer is known by its address. */
const BESIDE = ["id", "type", "time"];

/** An event's fields in a line: hashes shortened, what is empty or stands beside it left out. */
export const describe = data => data === null || typeof data !== "object" ? String(data)
  : Object.entries(data)
    .filter(([name, value]) => value !== null && value !== "" && typeof value !== "object" && !BESIDE.includes(name) && !(name === "peer" && data.address))
    .map(([name, value]) => `${words(name)} ${textOf(value)}`).join(" · ");

const textOf = value => typeof value === "number" ? numberOf(value)
  : typeof value === "string" && /^[0-9a-f]{20,}$/.test(value) ? short(value)
  : words(value);

const numberOf = value => Number.isInteger(value) ? count(value) : value.toFixed(2);

export const live = { title: "Live", open };
