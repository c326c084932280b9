// The chain: numbers, the fork graph of its newest blocks, what it did lately, and every block it has.

import { h, keepFocus, put, say } from "../dom.js";
import { get } from "../api.js";
import { bytes, clock, compact, count, duration, percent, plural } from "../format.js";
import { lineChart } from "../charts.js";
import { drawTree } from "../tree.js";
import { watch } from "../node.js";
import { blockLink, card } from "../parts.js";
import { windowOf } from "../rows.js";

const GRAPH_HEIGHTS = 40;
const SERIES_POINTS = 300;
const SMOOTHED = 20;

// A pause of the whole network is longer than its blocks by orders of magnitude, and would hide them.
const BEYOND = 6;

const TILES = ["Height", "Weight", "Netspace", "Block time", "Orphans", "Difficulty"];

const open = root => {
  const tiles = new Map(TILES.map(name => [name, { value: h("div", { class: "value" }, "–"), note: h("div", { class: "note" }) }]));
  const graph = h("div", { class: "graph", tabindex: 0, role: "region", "aria-label": "Fork graph" }, h("p", { class: "empty" }, "Reading the newest blocks …"));
  const charts = { block_time: h("div"), difficulty: h("div"), netspace: h("div") };
  const table = windowOf({
    label: "Blocks of the chain, newest first",
    columns: [{ name: "Height", class: "number" }, { name: "Hash" }, { name: "Time" }, { name: "Iterations", class: "number less" }, { name: "Difficulty", class: "number less" }, { name: "Speed", class: "number less" }],
    load: (first, limit) => loadRows(first, limit),
    draw: drawRow,
  });
  let seen = null;
  let known = new Set();
  let isOpen = true;

  const loadRows = async (first, limit) => {
    const before = seen.height + 1 - first;
    return (await get(`/blocks?before=${before}&limit=${limit}`)).blocks;
  };

  const tile = (name, value, note = "") => {
    say(tiles.get(name).value, value);
    say(tiles.get(name).note, note);
  };

  const showTiles = status => {
    const target = status.block_time_target_seconds;
    tile("Height", count(status.tip?.height), status.tip ? `${duration(status.tip.age_seconds)} ago` : "no chain here");
    tile("Weight", count(status.tip?.weight), status.tips?.length > 1 ? `${status.tips.length} tips` : "one tip");
    tile("Netspace", bytes(status.netspace_bytes), "estimated");
    tile("Block time", duration(status.block_time_seconds), target ? `target ${duration(target)}` : "");
    tile("Orphans", percent(status.orphans?.rate, 1), status.orphans ? `of the last ${count(status.orphans.window)} heights` : "");
    tile("Difficulty", count(status.difficulty), `changes in ${plural(status.blocks_to_adjustment, "block")}`);
  };

  const showGraph = async status => {
    const tips = status.tips ?? [];
    const high = Math.max(...tips.map(tip => tip.height));
    const answer = await get(`/tree?from=${Math.max(0, high - GRAPH_HEIGHTS + 1)}&to=${high}`);
    if (!isOpen) return;
    const blocks = answer.blocks.map(block => ({ hash: block.hash, parent: block.parent, height: block.height, onChain: block.on_chain }));
    const wasAtEnd = graph.scrollWidth - graph.clientWidth - graph.scrollLeft < 80 || known.size === 0;
    keepFocus(graph, () => put(graph, drawTree({ blocks, tips: tips.map(tip => tip.hash), best: status.tip.hash, lca: answer.lca, known })));
    known = new Set(blocks.map(block => block.hash));
    if (wasAtEnd) graph.scrollLeft = graph.scrollWidth;
  };

  const showCharts = async status => {
    const series = await get(`/series?metrics=block_time,difficulty,netspace&points=${SERIES_POINTS}`);
    if (!isOpen) return;
    const common = { x: series.heights, formatX: count };
    put(charts.block_time, lineChart({ ...common, name: "Block time", y: series.block_time, format: value => `${compact(value)} s`, aim: status.block_time_target_seconds ?? null, most: BEYOND * Math.max(median(series.block_time), status.block_time_target_seconds ?? 0) }));
    put(charts.difficulty, lineChart({ ...common, name: "Difficulty", y: series.difficulty, format: compact }));
    put(charts.netspace, lineChart({ ...common, name: "Netspace", y: smoothed(series.netspace), format: bytes, base: 1024 }));
  };

  /** There is no block: in words, where else blocks are. */
  const showNothing = why => {
    if (!why || seen) return;
    for (const part of [graph, ...Object.values(charts)]) put(part, h("p", { class: "empty" }, why));
    table.resize(0);
  };

  const update = async ({ status, error }) => {
    if (!status?.tip) {
      showNothing(status ? "This node has no chain." : error ? "Nothing could be read." : null);
      return;
    }
    showTiles(status);
    const now = { height: status.tip.height, key: (status.tips ?? []).map(tip => tip.hash).join() };
    if (seen?.key === now.key) return;
    const before = seen;
    seen = now;
    table.resize(now.height + 1, before ? Math.max(0, now.height - before.height) : 0);
    await Promise.allSettled([showGraph(status), showCharts(status)]);
  };

  put(root,
    h("dl", { class: "tiles" }, [...tiles].map(([name, { value, note }]) => h("div", { class: "tile" }, h("dt", {}, name), h("dd", {}, value, note)))),
    card("Fork graph", "the newest blocks; each is a link",
      graph,
      h("ul", { class: "legend" }, h("li", { class: "best" }, "heaviest tip"), h("li", {}, "on the chain"), h("li", { class: "side" }, "on a branch"))),
    h("div", { class: "columns" },
      card("Block time", "dashed: the target", charts.block_time),
      card("Difficulty", "of each block", charts.difficulty),
      card("Netspace", "estimated, over 20 blocks", charts.netspace)),
    card("Blocks", "of the chain, newest first", table.element));
  const stop = watch(update);
  return () => {
    isOpen = false;
    stop();
  };
};

const median = column => [...column].sort((a, b) => a - b)[Math.floor(column.length / 2)] ?? 0;

/** The mean over some neighbours before each point; of estimates that go as one by the time a block took, the harmonic one. */
const smoothed = column => column.map((_, i) => {
  const near = column.slice(Math.max(0, i - SMOOTHED + 1), i + 1).filter(value => value > 0);
  return near.length === 0 ? null : near.length / near.reduce((sum, value) => sum + 1 / value, 0);
});

const drawRow = row => [
  h("td", { class: "number" }, count(row.height)),
  h("td", {}, blockLink(row.hash)),
  h("td", {}, clock(row.timestamp)),
  h("td", { class: "number less" }, count(row.iterations)),
  h("td", { class: "number less" }, count(row.difficulty)),
  h("td", { class: "number less" }, `${compact(row.ips)}/s`),
];

export const chain = { title: "Chain", open };
