// The peers: who is connected to which role, and what a person can do about it.

import { h, patch, say } from "../dom.js";
import { get, send } from "../api.js";
import { bytes, count, duration, plural, words } from "../format.js";
import { ring } from "../charts.js";
import { card, problem, table } from "../parts.js";
import { hear } from "../node.js";
import { repeat } from "../repeat.js";

const ROLES = ["full_node", "farmer", "harvester", "timelord", "introducer"];
const COLUMNS = [
  { name: "Address" }, { name: "Role" }, { name: "Ours", class: "less" }, { name: "Direction", class: "less" }, { name: "Height", class: "number" },
  { name: "Since", class: "number" }, { name: "In", class: "number less" }, { name: "Out", class: "number less" }, { name: "Score", class: "number less" },
  { name: "Change" },
];

const open = root => {
  const parts = { ring: h("div"), table: h("div"), bans: h("div"), told: h("p", { class: "soft", role: "status" }) };
  const change = async (what, method, path, body) => {
    try {
      await send(method, path, body);
      say(parts.told, what);
    } catch (error) {
      say(parts.told, error.message);
    }
    reading.soon();
  };
  patch(root,
    h("div", { class: "columns" },
      card("By role", null, parts.ring),
      card("Add or ban", "an address is added until the node stops; a ban ends by itself", addForm(change), banForm(change), parts.told)),
    card("Connections", "of every role", parts.table),
    card("Bans", null, parts.bans));
  const reading = repeat(async () => {
    await Promise.all([
      show(parts.table, "/peers", ({ peers }) => {
        showRing(parts.ring, peers);
        showPeers(parts.table, peers, change);
      }),
      show(parts.bans, "/bans", ({ bans }) => showBans(parts.bans, bans, change)),
    ]);
  }, 4_000);
  const stop = hear(type => {
    if (type === "peer") reading.soon();
  });
  return () => {
    reading.stop();
    stop();
  };
};

const show = async (root, path, draw) => {
  try {
    draw(await get(path));
  } catch (error) {
    problem(root, error, "Not known here.");
  }
};

const showRing = (root, peers) => {
  const parts = ROLES.map(role => ({ name: words(role), kind: role, count: peers.filter(peer => peer.role === role).length }));
  patch(root, h("div", { class: "row" }, ring(parts, peers.length, peers.length === 1 ? "connection" : "connections"),
    h("ul", { class: "plain" }, parts.filter(part => part.count > 0).map(part => h("li", {}, h("span", { class: `dot ${part.kind}` }), plural(part.count, part.name))))));
};

const showPeers = (root, peers, change) => patch(root, table("Connections", COLUMNS, peers.map(peer => [
  h("span", { class: "mono name", title: `${peer.address} · ${peer.node_id}` }, peer.address),
  h("span", {}, h("span", { class: `dot ${peer.role}` }), words(peer.role)),
  words(peer.local_role),
  peer.direction,
  count(peer.height),
  duration(peer.connected_seconds),
  bytes(peer.bytes_received),
  bytes(peer.bytes_sent),
  h("span", { title: "0 for nothing held against it; at 100 it is dropped" }, count(peer.score)),
  h("span", { class: "row still" },
    h("button", { class: "small", type: "button", "aria-label": `Drop ${peer.address}`, onclick: () => change(`${peer.address} was dropped`, "DELETE", `/peers/${encodeURIComponent(peer.id)}`) }, "Drop"),
    peer.role === "full_node" && h("button", { class: "small danger", type: "button", "aria-label": `Ban ${peer.host}`, onclick: () => change(`${peer.host} is banned for a day`, "POST", "/bans", { address: peer.host, seconds: 86_400 }) }, "Ban")),
]), "Nobody is connected."));

const showBans = (root, bans, change) => patch(root, table("Bans", [{ name: "Address" }, { name: "Kept out by" }, { name: "Ends in", class: "number" }, { name: "Change" }], bans.map(ban => [
  h("span", { class: "mono" }, ban.source),
  words(ban.role),
  duration(ban.seconds_left),
  h("button", { class: "small", type: "button", "aria-label": `Unban ${ban.source}`, onclick: () => change(`${ban.source} may come again`, "DELETE", `/bans/${encodeURIComponent(ban.source.split("/")[0])}`) }, "Unban"),
]), "Nobody is kept out."));

const addForm = change => form("peer", "Add a full node", "127.0.0.1:8444", "Add", address => change(`${address} is dialled`, "POST", "/peers", { address }));

const banForm = change => form("ban", "Ban an address for a day", "192.0.2.7", "Ban", address => change(`${address} is banned for a day`, "POST", "/bans", { address, seconds: 86_400 }));

const form = (id, label, example, word, act) => {
  const input = h("input", { id: `${id}-address`, type: "text", required: true, autocomplete: "off", spellcheck: "false", placeholder: example });
  return h("form", {
    class: "row",
    onsubmit: event => {
      event.preventDefault();
      void act(input.value.trim());
      input.value = "";
    },
  }, h("label", { for: `${id}-address` }, label), input, h("button", { type: "submit" }, word));
};

export const peers = { title: "Peers", open };
