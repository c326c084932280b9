// In a simulation: which node the page shows, and the buttons that break things and mend them.

import { h, put, say } from "./dom.js";
import { aim, ask } from "./api.js";
import { readSoon } from "./node.js";
import { words } from "./format.js";
import { repeat } from "./repeat.js";

const PATH = "/api/v1/simulation";
const PAUSE = 3_000;

/** What is a process of its own, and can be killed. */
const PROCESSES = ["silo", "gateway"];

/** Draws the panel if the page is a simulation's; onAim is called when another node is to be shown. */
export const openSimulation = async (root, onAim) => {
  let state;
  try {
    // A process of its own has one node, and nothing of what follows.
    if ((await ask("/api/v1/nodes")).nodes.length < 2) return;
    state = await ask(PATH);
  } catch {
    return;
  }
  const told = h("p", { class: "soft", role: "status" });
  // Full nodes that live on a cluster are no hosts: its silos and gateways are.
  let viewed = state.nodes[0] ?? state.hosts.find(host => host.role === "full_node")?.name;
  let shown = "";

  const point = () => aim(viewed, Object.fromEntries(["farmer", "harvester", "timelord"]
    .map(role => [role, state.hosts.find(host => host.role === role)?.name]).filter(([, name]) => name)));

  const change = async (what, path, method = "POST") => {
    say(told, `${what} …`);
    try {
      state = await ask(`${PATH}${path}`, method);
      say(told, `${what}: done`);
    } catch (error) {
      say(told, error.message);
    }
    draw();
    readSoon();
  };

  const view = name => {
    viewed = name;
    point();
    draw();
    onAim();
  };

  const draw = () => {
    const text = JSON.stringify([state, viewed]);
    if (text === shown) return;
    shown = text;
    const focused = document.activeElement?.dataset?.for;
    const isOpen = root.querySelector("details")?.open ?? matchMedia("(min-width: 641px)").matches;
    put(root, h("details", { class: "simulation", open: isOpen }, h("summary", {}, state.is_cut ? "Simulation, cut in two" : "Simulation"), h("div", {},
      h("div", { class: "row ends" },
        h("p", { class: "soft" }, state.is_cut
          ? "Each half farms for itself. Join them, and the heavier chain wins."
          : state.nodes.length > 0
            ? "Kill silos and gateways: the nodes live on on the others, and nothing is lost."
            : "Stop what you like: the network goes on, and what is started again catches up."),
        state.nodes.length === 0 && h("button", { class: "main", type: "button", "data-for": "cut", disabled: !state.can_be_cut, onclick: () => state.is_cut ? change("Joining the halves", "/cut", "DELETE") : change("Cutting the network", "/cut") },
          state.is_cut ? "Join the halves" : "Cut in two")),
      h("ul", {}, state.nodes.map(name => h("li", { "data-running": true }, viewButton(name))), state.hosts.map(host => hostItem(host))), told)));
    if (focused) root.querySelector(`[data-for="${CSS.escape(focused)}"]`)?.focus();
  };

  const viewButton = name => h("button", { class: `small quiet${name === viewed ? " viewed" : ""}`, type: "button", "aria-pressed": String(name === viewed), "aria-label": `Show ${name}`, "data-for": `view ${name}`, onclick: () => view(name) }, name);

  const hostItem = host => h("li", { "data-running": host.is_running, "data-side": state.is_cut ? host.side : null },
    host.role === "full_node"
      ? viewButton(host.name)
      : h("span", { title: words(host.role) }, host.name),
    host.is_running
      ? PROCESSES.includes(host.role)
        ? h("button", { class: "small danger", type: "button", "aria-label": `Kill ${host.name}`, "data-for": host.name, onclick: () => change(`Killing ${host.name}`, `/hosts/${host.name}/kill`) }, "Kill")
        : h("button", { class: "small danger", type: "button", "aria-label": `Stop ${host.name}`, "data-for": host.name, onclick: () => change(`Stopping ${host.name}`, `/hosts/${host.name}/stop`) }, "Stop")
      : h("button", { class: "small main", type: "button", "aria-label": `Start ${host.name}`, "data-for": host.name, onclick: () => change(`Starting ${host.name}`, `/hosts/${host.name}/start`) }, "Start"));

  root.hidden = false;
  point();
  draw();
  repeat(async () => {
    try {
      state = await ask(PATH);
      draw();
    } catch {
      // The banner tells that nothing answers.
    }
  }, PAUSE);
};
