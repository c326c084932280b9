// The state at the top of the page, and the banner when something is not as it should be: what it is, and what mends it.

import { h, put, say, mark } from "./dom.js";
import { count, duration, percent, words } from "./format.js";
import { meter } from "./charts.js";

const MENDS = {
  no_plot_answers: "Make some: chia plots create. The network goes on around the gap by itself.",
  no_timelord: "Start one, and let it connect: chia start timelord.",
  no_farmer: "Start a farmer and a harvester with plots: chia start farmer harvester.",
  peers_do_not_answer: "Other peers are tried. Add one under Peers, or with: chia peers add HOST:PORT.",
  store_unwritable: "Make room on the drive, or mend its rights. The node goes on by itself.",
  clock_wrong: "Set this machine's clock, best by NTP.",
  validation_slow: "Something else uses this machine; give the node its cores.",
};

const KINDS = { synced: "good", idle: "good", starting: "busy", collecting: "busy", syncing: "busy", stopping: "busy", no_peers: "busy", stalled: "bad" };

/** What the banner says of the node as it is; null if all is well. */
export const noticeOf = ({ status, error }) => {
  if (error) {
    return error.isUnreachable
      ? { kind: "bad", what: "The node does not answer.", mend: "Start it again as it was started. This page goes on by itself." }
      : error.isForbidden
        ? { kind: "bad", what: "This node wants its token.", mend: "Load this page again, and give the token as the password, whatever the name." }
        : { kind: "bad", what: error.message, mend: "This page tries again every few seconds." };
  }
  if (!status || status.state === "synced" || status.state === "idle") return null;
  const kind = KINDS[status.state] ?? "bad";
  const mend = status.state === "no_peers"
    ? "While it runs: add one under Peers, or with: chia peers add HOST:PORT."
    : MENDS[status.reason] ?? null;
  return { kind, what: sentence(status), mend, progress: status.state === "syncing" ? status.sync : null };
};

const stateOf = error => error.isUnreachable ? "no answer" : error.isForbidden ? "no access" : "not running";

/** Draws both. */
export const showState = (known, stateElement, bannerElement) => {
  const state = known.error ? stateOf(known.error) : words(known.status?.state ?? "connecting");
  say(stateElement, state);
  mark(stateElement, "data-kind", known.error ? "bad" : KINDS[known.status?.state] ?? "");
  const notice = noticeOf(known);
  const text = JSON.stringify(notice);
  if (bannerElement.dataset.shown === text) return;
  bannerElement.dataset.shown = text;
  put(bannerElement, notice && h("div", { class: `banner ${notice.kind}` },
    h("p", {}, h("strong", {}, notice.what)),
    notice.mend && h("p", {}, notice.mend),
    notice.progress && h("p", {}, progressOf(notice.progress)),
    notice.progress?.total > 0 && meter(notice.progress.done / notice.progress.total, "Sync")));
};

const sentence = status => {
  const text = status.sentence ?? words(status.state);
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
};

const progressOf = sync => [
  words(sync.phase),
  sync.total > 0 ? `${count(sync.done)} of ${count(sync.total)} (${percent(sync.done / sync.total)})` : null,
  Number.isFinite(sync.rate) ? `${count(sync.rate)} a second` : null,
  Number.isFinite(sync.seconds_left) ? `${duration(sync.seconds_left)} left` : null,
].filter(Boolean).join(" · ");
