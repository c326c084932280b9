// The frame: sections, search, theme, banner. A section is { title, open(root, argument) } and open returns what closes it.

import { h, put, s, say } from "./dom.js";
import { duration } from "./format.js";
import { showState } from "./banner.js";
import { find } from "./search.js";
import { node, start, watch } from "./node.js";
import { openSimulation } from "./simulation.js";
import { chain } from "./sections/chain.js";
import { block } from "./sections/block.js";
import { farm } from "./sections/farm.js";
import { timelord } from "./sections/timelord.js";
import { peers } from "./sections/peers.js";
import { cluster } from "./sections/cluster.js";
import { live } from "./sections/live.js";

const SECTIONS = { chain, block, farm, timelord, peers, cluster, live };
const THEMES = ["auto", "light", "dark"];
const at = id => document.getElementById(id);

let close = null;

const show = () => {
  const [name, ...rest] = location.hash.replace(/^#\//, "").split("/");
  const section = SECTIONS[name] ? name : "chain";
  close?.();
  close = null;
  const root = h("div", { class: "stack" });
  put(at("content"), h("h1", { class: "unseen" }, SECTIONS[section].title), root);
  for (const link of at("sections").querySelectorAll("a")) {
    if (link.dataset.section === section) {
      link.setAttribute("aria-current", "page");
      link.scrollIntoView({ block: "nearest", inline: "nearest" });
    } else link.removeAttribute("aria-current");
  }
  say(at("answer"), "");
  close = SECTIONS[section].open(root, decodeURIComponent(rest.join("/")));
  title();
};

const title = () => {
  const section = document.querySelector("nav a[aria-current]")?.textContent ?? "Chain";
  document.title = `${section} · ${node.status?.network ?? "Chia node"}`;
};

/** A sun, a moon, or half of each: whatever the system says. */
const picture = chosen => s("svg", { viewBox: "0 0 20 20", width: 18, height: 18, "aria-hidden": "true", class: "picture" },
  chosen === "light"
    ? [s("circle", { cx: 10, cy: 10, r: 3.6 }), s("path", { d: "M10 1.8v2.4M10 15.8v2.4M1.8 10h2.4M15.8 10h2.4M4.2 4.2l1.7 1.7M14.1 14.1l1.7 1.7M4.2 15.8l1.7-1.7M14.1 5.9l1.7-1.7" })]
    : chosen === "dark"
      ? s("path", { d: "M16.6 12.2A7 7 0 0 1 7.8 3.4a7 7 0 1 0 8.8 8.8z" })
      : [s("circle", { cx: 10, cy: 10, r: 7 }), s("path", { class: "full", d: "M10 3a7 7 0 0 1 0 14z" })]);

const theme = chosen => {
  if (chosen === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = chosen;
  put(at("theme"), picture(chosen));
  at("theme").setAttribute("aria-label", `Theme: ${chosen}`);
  at("theme").title = `Theme: ${chosen}`;
};

const search = async event => {
  event.preventDefault();
  const { hash, problem } = await find(at("query").value);
  say(at("answer"), problem ?? "");
  if (!hash) return;
  at("query").value = "";
  at("query").blur();
  location.hash = `#/block/${encodeURIComponent(hash)}`;
};

const press = event => {
  const isWriting = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement?.tagName ?? "");
  if (event.key === "Escape" && isWriting) {
    document.activeElement.blur();
    say(at("answer"), "");
  }
  if (isWriting || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/") {
    event.preventDefault();
    at("query").focus();
  }
  const section = Object.keys(SECTIONS)[Number(event.key) - 1];
  if (section) location.hash = `#/${section}`;
};

put(at("sections"), Object.entries(SECTIONS).map(([name, section]) => h("li", {}, h("a", { href: `#/${name}`, "data-section": name }, section.title))));
at("search").addEventListener("submit", search);
at("query").addEventListener("input", () => say(at("answer"), ""));
at("skip").addEventListener("click", () => at("content").focus());
at("theme").addEventListener("click", () => {
  const next = THEMES[(THEMES.indexOf(localStorage.getItem("theme") ?? "auto") + 1) % THEMES.length];
  localStorage.setItem("theme", next);
  theme(next);
});
addEventListener("hashchange", show);
addEventListener("keydown", press);
theme(localStorage.getItem("theme") ?? "auto");

watch(known => {
  showState(known, at("state"), at("banner"));
  if (!known.status) return;
  say(at("network"), known.status.network ?? "Chia node");
  say(at("about"), `chia ${known.status.version ?? ""} · up ${duration(known.status.uptime_seconds)}`);
  title();
});
await openSimulation(at("simulation"), () => {
  start();
  show();
});
start();
show();
