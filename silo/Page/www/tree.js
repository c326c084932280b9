// The fork graph: heights from left to right, a lane for each branch, every block a link.

import { s } from "./dom.js";
import { count } from "./format.js";

const STEP = 62;
const LANE = 46;
const BOX = { width: 46, height: 26 };
const NAME = 6;
const MARGIN = { x: 34, top: 36, bottom: 34 };

/**
 * Gives each block a lane. The chain has the first; a branch keeps one from the block after its fork to its end, and none shares a lane with another
 * that is there at the same heights.
 * blocks: { hash, parent, height, onChain }; returns a map from hash to lane.
 */
export const lanesOf = blocks => {
  const lanes = new Map();
  const byHash = new Map(blocks.map(block => [block.hash, block]));
  for (const block of blocks) if (block.onChain) lanes.set(block.hash, 0);
  // Longest branches first: they are nearest to the chain.
  const ends = blocks.filter(block => !block.onChain && !blocks.some(other => other.parent === block.hash && !other.onChain))
    .sort((a, b) => b.height - a.height || (a.hash < b.hash ? -1 : 1));
  const taken = [];
  for (const end of ends) {
    const branch = [];
    for (let block = end; block && !lanes.has(block.hash); block = byHash.get(block.parent)) branch.push(block);
    if (branch.length === 0) continue;
    const [from, to] = [branch[branch.length - 1].height - 1, end.height];
    let lane = 1;
    while (taken.some(other => other.lane === lane && other.from < to && from < other.to)) lane++;
    taken.push({ lane, from, to });
    for (const block of branch) lanes.set(block.hash, lane);
  }
  return lanes;
};

/** Draws blocks; tips and lca are hashes, best the heaviest tip; known are those that were drawn before. */
export const drawTree = ({ blocks, tips, best, lca, known }) => {
  const lanes = lanesOf(blocks);
  const heights = blocks.map(block => block.height);
  const [low, high] = [Math.min(...heights), Math.max(...heights)];
  const depth = Math.max(0, ...lanes.values());
  const [width, height] = [2 * MARGIN.x + (high - low) * STEP, MARGIN.top + MARGIN.bottom + depth * LANE];
  const at = block => ({ x: MARGIN.x + (block.height - low) * STEP, y: MARGIN.top + lanes.get(block.hash) * LANE });
  const byHash = new Map(blocks.map(block => [block.hash, block]));
  const edges = blocks.filter(block => byHash.has(block.parent)).map(block => {
    const [from, to] = [at(byHash.get(block.parent)), at(block)];
    const middle = (from.x + to.x) / 2;
    return s("path", { class: `edge${block.onChain ? " main" : ""}`, d: `M${from.x} ${from.y}C${middle} ${from.y} ${middle} ${to.y} ${to.x} ${to.y}` });
  });
  return s("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": `Fork graph of the heights ${low} to ${high}` },
    [...edges.filter(edge => !edge.classList.contains("main")), ...edges.filter(edge => edge.classList.contains("main"))],
    [...new Set(heights)].map(value => s("text", { x: MARGIN.x + (value - low) * STEP, y: height - 8, "text-anchor": "middle" }, count(value))),
    blocks.map(block => {
      const above = block.hash === lca ? "LCA" : block.hash === best ? "best" : tips.includes(block.hash) ? "tip" : null;
      const { x, y } = at(block);
      return above && s("text", { class: "mark", x, y: y - BOX.height / 2 - 7, "aria-hidden": "true" }, above);
    }),
    blocks.map(block => drawBlock(block, at(block), { isTip: tips.includes(block.hash), isBest: block.hash === best, isLca: block.hash === lca, isNew: known.size > 0 && !known.has(block.hash) })));
};

const drawBlock = (block, { x, y }, { isTip, isBest, isLca, isNew }) => {
  const kinds = ["block", block.onChain && "main", isTip && "tip", isBest && "best", isNew && "new"].filter(Boolean).join(" ");
  const what = [block.onChain ? "on the chain" : "on a branch", isBest ? "heaviest tip" : isTip && "tip", isLca && "last block that all tips have"].filter(Boolean).join(", ");
  return s("a", { href: `#/block/${encodeURIComponent(block.hash)}`, "aria-label": `Block ${block.height}, ${block.hash.slice(0, NAME)}, ${what}`, "data-hash": block.hash },
    s("g", { class: kinds },
      s("rect", { x: x - BOX.width / 2, y: y - BOX.height / 2, width: BOX.width, height: BOX.height, rx: 7 }),
      s("text", { class: "name", x, y: y + 3.5 }, block.hash.slice(0, NAME))));
};
