// The timelord: a bar for each challenge that is squared, and how fast.

import { h, patch, put } from "../dom.js";
import { get } from "../api.js";
import { compact, count, decimal, duration, percent, plural, short, words } from "../format.js";
import { meter } from "../charts.js";
import { card, problem, tiles } from "../parts.js";
import { hear, isKnown, onceKnown, plays } from "../node.js";
import { repeat } from "../repeat.js";

const NONE = "No timelord runs here. To start one: chia start timelord.";

const open = root => {
  const reading = repeat(async () => {
    if (!isKnown()) return;
    if (!plays("timelord")) {
      put(root, h("p", { class: "empty" }, NONE));
      return;
    }
    try {
      show(root, await get("/timelord", "timelord"));
    } catch (error) {
      problem(root, error, NONE);
    }
  }, 1_000);
  const stopWaiting = onceKnown(() => reading.soon());
  const stop = hear(type => {
    if (type === "vdf" || type === "challenge") reading.soon();
  });
  return () => {
    reading.stop();
    stop();
    stopWaiting();
  };
};

const show = (root, timelord) => patch(root,
  tiles([
    { name: "Speed", value: `${compact(timelord.iterations_per_second)}/s`, note: "iterations of one evaluation" },
    { name: "Slots", value: `${count(timelord.busy_slots)} of ${count(timelord.slots)}`, note: "in use" },
    { name: "Proofs made", value: count(timelord.proofs_made), note: timelord.failures ? `${plural(timelord.failures, "failure")}` : "no failure" },
    { name: "Full nodes", value: count(timelord.full_nodes), note: "connected" },
  ]),
  card("Challenges", "of the full nodes' tips, heaviest first", timelord.challenges.length === 0
    ? h("p", { class: "empty" }, "No full node has sent a challenge yet.")
    : timelord.challenges.map(evaluation)));

const evaluation = challenge => {
  const target = challenge.targets[challenge.targets.length - 1];
  const part = target ? challenge.iterations / target : challenge.proofs > 0 ? 1 : 0;
  const left = target && challenge.iterations_per_second > 0 ? (target - challenge.iterations) / challenge.iterations_per_second : null;
  return h("div", {},
    h("div", { class: "row ends" },
      h("span", {}, h("span", { class: "hash" }, short(challenge.challenge)), " ", h("span", { class: `chip ${challenge.iterations > 0 ? "good" : ""}` }, words(challenge.state))),
      h("span", { class: "soft" }, [
        target ? `${count(challenge.iterations)} of ${count(target)} iterations (${percent(part)})` : `${count(challenge.iterations)} iterations`,
        challenge.iterations_per_second > 0 ? `${compact(challenge.iterations_per_second)}/s` : null,
        left !== null && left > 0 ? `${duration(left)} left` : null,
        challenge.proofs ? plural(challenge.proofs, "proof") : null,
        challenge.elapsed_seconds > 0 ? `for ${decimal(challenge.elapsed_seconds, 0)} s` : null,
      ].filter(Boolean).join(" · "))),
    meter(part, `Challenge ${short(challenge.challenge)}`));
};

export const timelord = { title: "Timelord", open };
