// One block: what won it, what was squared for it, who signed, and how it stands to others.

import { h, patch, put } from "../dom.js";
import { get, send, urlOf } from "../api.js";
import { amount, bytes, clock, count, milliseconds, short, words } from "../format.js";
import { blockLink, card, facts, hex, problem } from "../parts.js";
import { hear } from "../node.js";

const open = (root, asked) => {
  const id = asked || "tip";
  let isOpen = true;
  const read = async () => {
    try {
      const found = await get(`/blocks/${encodeURIComponent(id)}`);
      if (isOpen) show(root, found);
    } catch (error) {
      if (isOpen) problem(root, error, "This node has no such block. Search for a height or a hash above.");
    }
  };
  put(root, h("p", { class: "empty" }, "Reading the block …"));
  void read();
  // Children and its place may change, and what "tip" is.
  const stop = hear(type => {
    if (type === "tip" && isOpen && !root.querySelector("[data-busy]")) void read();
  });
  return () => {
    isOpen = false;
    stop();
  };
};

const show = (root, block) => {
  const shown = root.dataset.block === block.hash ? root.querySelector("#verdict") : null;
  root.dataset.block = block.hash;
  (shown ? patch : put)(root,
    heading(block),
    h("div", { class: "columns" }, space(block), time(block)),
    iterations(block),
    h("div", { class: "columns" }, signatures(block), coinbase(block)),
    shown?.closest("section") ?? verification(block));
};

const heading = block => card(`Block ${count(block.height)}`, clock(block.timestamp),
  // The links first: what comes and goes beside them, while it is read on, would move them away under the pointer.
  h("div", { class: "row" },
    block.height > 0 && h("a", { href: `#/block/${block.parent}`, rel: "prev" }, "← parent"),
    block.children.map((child, i) => h("a", { href: `#/block/${child}`, rel: "next" }, block.children.length > 1 ? `child ${i + 1} →` : "child →")),
    h("span", { class: `chip ${block.on_chain ? "good" : "busy"}` }, block.on_chain ? "on the chain" : "on a branch"),
    block.is_tip && h("span", { class: "chip good" }, "tip"),
    h("span", { class: "soft" }, bytes(block.size_bytes))),
  facts([
    ["Hash", hex(block.hash)],
    ["Parent", block.height > 0 ? blockLink(block.parent, block.parent) : "none: this is the genesis block"],
    ["Children", block.children.length ? h("span", {}, block.children.map((child, i) => [i > 0 && ", ", blockLink(child)])) : "none yet"],
    ["Weight", count(block.weight)],
    ["Difficulty", count(block.difficulty)],
    ["Iterations so far", count(block.total_iterations)],
  ]));

const space = ({ proof_of_space: proof }) => card("Space", "the plot that answered the challenge", facts([
  ["Challenge", hex(proof.challenge)],
  ["Plot", hex(proof.plot_id)],
  ["Size", `k = ${proof.k}`],
  ["Quality", hex(proof.quality)],
  ["Proof", long(proof.proof)],
  ["Plot key", hex(proof.plot_public_key)],
  ["Pool key", hex(proof.pool_public_key)],
]));

const time = ({ proof_of_time: proof }) => card("Time", "the squarings that made it wait",
  proof ? facts([
    ["Challenge", hex(proof.challenge)],
    ["Iterations", count(proof.iterations)],
    ["Discriminant", `${count(proof.discriminant_bits)} bits`],
    ["Witness type", count(proof.witness_type)],
    ["Output a", long(proof.output_a)],
    ["Output b", long(proof.output_b)],
    ["Witness", long(proof.witness)],
  ]) : h("p", { class: "empty" }, "This block has no proof of time."));

const iterations = ({ iterations: steps }) => card("From quality to iterations", "the better the quality, the shorter the wait",
  h("pre", { class: "formula", tabindex: 0 }, `${steps.formula}\n${steps.filled}`),
  facts([
    ["Everybody waits", `${count(steps.minimum_iterations)} iterations: ${count(steps.min_block_time_seconds)} s at ${count(steps.ips)} a second`],
    ["This quality adds", `${count(steps.variable_iterations)} iterations`],
    ["Together", `${count(steps.iterations)} iterations`],
  ]));

const signatures = block => card("Signatures", "by the plot's and the pool's keys", facts([
  ["Harvester", long(block.header.harvester_signature)],
  ["Pool", long(block.coinbase.signature)],
  ["Body", hex(block.header.body_hash)],
  ["Proof of space", hex(block.header.proof_of_space_hash)],
]));

const coinbase = block => card("Coinbase", "the reward", facts([
  ["Amount", amount(block.coinbase.amount)],
  ["To", hex(block.coinbase.puzzle_hash)],
  ["Fees", amount(block.fees.amount)],
  ["Fees to", hex(block.fees.puzzle_hash)],
]));

const verification = block => {
  const verdict = h("div", { id: "verdict", "aria-live": "polite" });
  const button = h("button", { class: "main", type: "button", onclick: verify }, "Verify again");
  async function verify() {
    button.disabled = true;
    button.dataset.busy = "";
    put(verdict, h("p", { class: "soft" }, "Verifying …"));
    try {
      put(verdict, verdictOf(await send("POST", `/blocks/${encodeURIComponent(block.hash)}/verify`)));
    } catch (error) {
      put(verdict, h("p", {}, error.message));
    }
    button.disabled = false;
    delete button.dataset.busy;
  }
  return card("Verification", "every proof of it, checked on the node again", h("div", { class: "row" }, button,
    h("a", { href: urlOf(`/blocks/${block.hash}/raw`), download: `${block.height}-${short(block.hash)}.block` }, "Download its bytes")), verdict);
};

const verdictOf = answer => h("div", {},
  h("p", { class: "row" }, h("span", { class: `chip ${answer.is_valid ? "good" : "bad"}` }, answer.is_valid ? "valid" : `broken: ${words(answer.rule)}`), `in ${milliseconds(answer.milliseconds)}`),
  facts(answer.checks.map(check => [words(check.proof), `${check.is_valid ? "holds" : check.fault ?? "does not hold"}, ${milliseconds(check.milliseconds)}`])));

/** A long hexadecimal value: its begin, and all of it when opened. */
const long = value => typeof value === "string" && value.length > 64
  ? h("details", {}, h("summary", { class: "mono" }, `${value.slice(0, 32)}… (${count(value.length / 2)} bytes)`), hex(value))
  : hex(value);

export const block = { title: "Block", open };
