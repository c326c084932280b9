// The cluster: gateways, silos, where the grains live of which there is one, and the way to the dashboard.

import { h, patch, put } from "../dom.js";
import { get } from "../api.js";
import { clock, count, duration, words } from "../format.js";
import { card, facts, hex, problem, table } from "../parts.js";
import { node, watch } from "../node.js";
import { repeat } from "../repeat.js";

const SILOS = [{ name: "Silo" }, { name: "Address" }, { name: "Machine" }, { name: "State" }, { name: "Since", class: "number" }];
const GATEWAYS = [{ name: "Gateway" }, { name: "Connections", class: "number" }];
const SINGLETONS = [{ name: "Grain" }, { name: "Lives on" }];

const open = root => {
  const [about, silos] = [h("div"), h("div", { class: "stack" })];
  let hasDashboard = false;
  const showAbout = ({ status, network }) => status && patch(about, aboutOf(status, network, hasDashboard));
  put(root, about, silos);
  const reading = repeat(async () => {
    try {
      const answer = await get("/cluster");
      if (answer.dashboard !== hasDashboard) {
        hasDashboard = answer.dashboard;
        showAbout(node);
      }
      showCluster(silos, answer);
    } catch (error) {
      problem(silos, error, "This process runs alone: it is a cluster of its own.");
    }
  }, 5_000);
  const stop = watch(showAbout);
  return () => {
    reading.stop();
    stop();
  };
};

const aboutOf = (status, network, hasDashboard) => h("div", { class: "columns" },
  card("This node", null, facts([
    ["Name", status.node],
    ["Roles", Object.keys(status.roles ?? {}).map(words).join(", ")],
    ["Version", status.version],
    ["Running for", duration(status.uptime_seconds)],
  ]), h("p", {}, hasDashboard && [h("a", { href: "orleans" }, "Orleans dashboard"), " · "], h("a", { href: "openapi/v1.json" }, "API description"), " · ", h("a", { href: "metrics" }, "Metrics"))),
  network && card("Network", null, facts([
    ["Id", network.network_id],
    ["Protocol", network.protocol_version],
    ["Genesis", hex(network.genesis_hash)],
    ["Block time", `${count(network.constants?.block_time_target)} s, of which at least ${count(network.constants?.min_block_time)} s`],
    ["Difficulty", `changes every ${count(network.constants?.difficulty_epoch)} blocks`],
  ])));

const showCluster = (root, { silos, grains, gateways }) => patch(root,
  card("Silos", "processes that the grains live in", table("Silos", SILOS, silos.map(silo => [
    h("span", { class: "mono" }, silo.name),
    h("span", { class: "mono" }, silo.address),
    silo.host,
    h("span", { class: `chip ${silo.status === "active" ? "good" : "busy"}` }, words(silo.status)),
    clock(Date.parse(silo.started) / 1000),
  ]), "No silo is known.")),
  card("Gateways", "processes that hold the peers' connections", table("Gateways", GATEWAYS, gateways.map(gateway => [
    h("span", { class: "mono" }, gateway.id),
    count(gateway.connections),
  ]), "Nobody is connected.")),
  card("One of each", "grains that live once in the cluster", table("Grains", SINGLETONS, grains.map(grain => [
    words(grain.grain),
    grain.silo ? h("span", { class: "mono" }, grain.silo) : h("span", { class: "soft" }, "not awake"),
  ]), "None is known.")));

export const cluster = { title: "Cluster", open };
