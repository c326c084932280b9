// The farm: plots, what they won against what was to be expected, and challenges as they come.

import { h, patch, put } from "../dom.js";
import { ask, get, urlOf } from "../api.js";
import { bytes, compact, count, decimal, duration, percent, plural, short, UNKNOWN, words } from "../format.js";
import { lineChart } from "../charts.js";
import { card, problem, table, tiles } from "../parts.js";
import { hear, isKnown, onceKnown, plays } from "../node.js";
import { repeat } from "../repeat.js";

const CHALLENGE_COLUMNS = [{ name: "Height", class: "number" }, { name: "Challenge", class: "less" }, { name: "Announced", class: "number" }, { name: "Qualities", class: "number less" }, { name: "Best needs", class: "number" }, { name: "Proof" }];
const PLOT_COLUMNS = [{ name: "Plot" }, { name: "k", class: "number" }, { name: "Counts as", class: "number less" }, { name: "State" }, { name: "Folder", class: "wrap less" }];

const NOBODY = "Nobody farms here. With keys and plots: chia start farmer harvester.";

const open = root => {
  const parts = { tiles: h("div"), luck: h("div"), challenges: h("div"), plots: h("div") };
  let isBuilt = false;
  const build = () => {
    if (isBuilt) return;
    isBuilt = true;
    put(root, parts.tiles,
      card("Luck", "blocks won (green), to be expected (blue), and the band of 95 farms of 100", parts.luck),
      card("Challenges", "as they come, newest first", parts.challenges),
      card("Plots", "that are farmed with", parts.plots));
  };
  const quick = repeat(async () => {
    if (!isKnown()) return;
    const roles = ["farmer", "harvester"].filter(plays);
    if (roles.length === 0) {
      put(root, h("p", { class: "empty" }, NOBODY));
      return;
    }
    try {
      const [farm, harvested = farm] = await Promise.all([...new Set(roles.map(role => urlOf("/farm", role)))].map(url => ask(url)));
      build();
      const all = { ...farm, farmer: farm.farmer ?? harvested.farmer, harvester: farm.harvester ?? harvested.harvester, expectation: farm.expectation ?? harvested.expectation, luck: farm.luck ?? harvested.luck };
      showTiles(parts.tiles, all);
      showLuck(parts.luck, all.luck);
    } catch (error) {
      if (!isBuilt) problem(root, error, NOBODY);
    }
    await show(parts.challenges, "/farm/challenges", "farmer", showChallenges, "No farmer runs here.");
  }, 5_000);
  const slow = repeat(() => isKnown() && show(parts.plots, "/farm/plots", "harvester", showPlots, "No harvester runs here."), 15_000);
  const stopWaiting = onceKnown(() => {
    quick.soon();
    slow.soon();
  });
  const stop = hear(type => {
    if (type === "challenge" || type === "proof" || type === "tip") quick.soon();
  });
  return () => {
    quick.stop();
    slow.stop();
    stop();
    stopWaiting();
  };
};

/** Asks for what a role knows, if somebody plays it. */
const show = async (root, path, role, draw, none) => {
  if (!plays(role)) {
    put(root, h("p", { class: "empty" }, none));
    return;
  }
  try {
    draw(root, await get(path, role));
  } catch (error) {
    problem(root, error, none);
  }
};

const showTiles = (root, { farmer, harvester, expectation, luck }) => patch(root, tiles([
  harvester && { name: "Plots", value: count(harvester.plots), note: faults(harvester) },
  expectation && { name: "Size", value: bytes(expectation.plot_bytes), note: `${percent(expectation.share, 1)} of the netspace` },
  expectation && { name: "Time to win", value: duration(expectation.seconds_to_win), note: "on average" },
  luck && { name: "Luck", value: percent(luck.luck), note: `${count(luck.won)} won, ${decimal(luck.expected, 1)} expected` },
  farmer && { name: "Proofs", value: count(farmer.proofs_found), note: `${plural(farmer.blocks_handed_in, "block")} handed in` },
  farmer && { name: "Proofs per challenge", value: decimal(farmer.proofs_per_challenge, 1), note: Number(farmer.proofs_per_challenge) >= 5 ? "safe" : "5 are safe" },
].filter(Boolean)));

const faults = harvester => [
  harvester.faults?.length ? `${harvester.faults.length} cannot be read` : null,
  harvester.duplicates?.length ? `${harvester.duplicates.length} listed twice` : null,
].filter(Boolean).join(", ") || "all can be read";

const showLuck = (root, luck) => {
  const points = luck?.points ?? [];
  put(root, luck && points.length >= 2 && h("p", { class: "soft" },
    `Of the newest ${plural(luck.blocks, "block")} ${count(luck.won)} were won here; 95 of 100 such farms win ${count(luck.low)} to ${count(luck.high)}.`),
  points.length < 2
    ? h("p", { class: "empty" }, luck ? `${plural(luck.won, "block")} won; ${decimal(luck.expected, 1)} were to be expected.` : "Nothing to compare yet.")
    : lineChart({
      name: "Blocks won", x: points.map(p => p.height), y: points.map(p => p.won), second: points.map(p => p.expected),
      band: [points.map(p => p.low), points.map(p => p.high)], format: compact, formatX: count,
    }));
};

const showChallenges = (root, { challenges }) => patch(root, table("Challenges", CHALLENGE_COLUMNS, challenges.map(c => [
  count(c.height),
  h("span", { class: "hash" }, short(c.challenge)),
  `${duration(c.age_seconds)} ago`,
  count(c.qualities),
  c.best_iterations === null || c.best_iterations === undefined ? UNKNOWN : compact(c.best_iterations),
  c.proofs > 0 ? h("span", { class: "chip good" }, plural(c.proofs, "proof")) : h("span", { class: "soft" }, "none"),
]), "No challenge has come yet."));

const STATES = { ok: ["good", "farmed"], duplicate: ["busy", "listed twice"] };

/** A path without the file's name, which stands beside it. */
const folderOf = path => path.replace(/[/\\][^/\\]*$/, "") || path;

const stateOf = plot => {
  const [kind, word] = STATES[plot.state] ?? ["bad", plot.fault ?? words(plot.state)];
  return h("span", { class: `chip ${kind}` }, word);
};

const showPlots = (root, { plots }) => patch(root, table("Plots", PLOT_COLUMNS, plots.map(plot => [
  h("span", { class: "hash" }, plot.name.length > 24 ? `${plot.name.slice(0, 24)}…` : plot.name),
  count(plot.k),
  bytes(plot.expected_bytes),
  stateOf(plot),
  h("span", { class: "soft", title: plot.path }, folderOf(plot.path)),
]), "There are no plots."));

export const farm = { title: "Farm", open };
