// What a person types into the search: a height, a hash, or something else.

import { get } from "./api.js";
import { count } from "./format.js";
import { node } from "./node.js";

/** What a text asks for: { path } of a block, or { problem }. */
export const meaningOf = text => {
  const asked = text.trim().replace(/^#/, "").replaceAll(",", "").toLowerCase();
  if (asked === "tip") return { path: "tip" };
  if (/^\d{1,10}$/.test(asked) && Number(asked) < 2 ** 32) return { path: String(Number(asked)) };
  const hash = asked.replace(/^0x/, "");
  if (/^[0-9a-f]{64}$/.test(hash)) return { path: hash };
  if (/^[0-9a-f]+$/.test(hash) && hash.length > 10) return { problem: `A hash has 64 digits; this one has ${hash.length}.` };
  return { problem: "Type a height such as 120, or a block's hash of 64 digits." };
};

/** The block that was asked for: { hash }, or { problem } for people. */
export const find = async text => {
  if (text.trim().length === 0) return {};
  const { path, problem } = meaningOf(text);
  if (problem) return { problem };
  const tip = node.status?.tip?.height;
  if (tip !== undefined && path.length < 64 && Number(path) > tip) return { problem: `There is no block at height ${count(path)}; the newest is ${count(tip)}.` };
  try {
    return { hash: (await get(`/blocks/${path}`)).hash };
  } catch (error) {
    if (!error.isMissing) return { problem: error.message };
    return { problem: path.length === 64 ? "This node has no block with that hash." : `There is no block at height ${count(path)}.` };
  }
};
