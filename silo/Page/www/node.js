// What the node says of itself, read again when something happened, and every few seconds in any case.

import { follow, get, isPlayed } from "./api.js";

const PAUSE = 4_000;
const PAUSE_WITHOUT_EVENTS = 1_000;
const SOON = 150;
const EVENTS = ["tip", "block", "challenge", "proof", "vdf", "peer", "sync"];

const listeners = new Set();
const hearers = new Set();
let timer = null;
let events = null;
let turn = 0;

/** The newest answer: { status, network, error }. */
export const node = { status: null, network: null, error: null };

/** Calls back now and after each reading; returns what ends it. */
export const watch = listener => {
  listeners.add(listener);
  if (node.status || node.error) listener(node);
  return () => listeners.delete(listener);
};

/** True once something is known of the node. */
export const isKnown = () => node.status !== null;

/** The node plays this role, or in a simulation another that the page speaks for: what nobody plays is not asked for. */
export const plays = role => isPlayed(role) || Boolean(node.status?.roles?.[role]);

/** Calls back once, as soon as something is known of the node; returns what ends it. */
export const onceKnown = listener => {
  let stop = () => {};
  let isOver = false;
  stop = watch(({ status }) => {
    if (!status || isOver) return;
    isOver = true;
    queueMicrotask(() => stop());
    listener();
  });
  return () => {
    isOver = true;
    stop();
  };
};

/** Calls back with each event (type, data, id); returns what ends it. */
export const hear = hearer => {
  hearers.add(hearer);
  return () => hearers.delete(hearer);
};

/** Begins, or begins anew with another node. */
export const start = () => {
  turn++;
  Object.assign(node, { status: null, network: null, error: null });
  events?.close();
  events = follow(EVENTS, (type, data, id) => {
    for (const hearer of hearers) hearer(type, data, id);
    readSoon(SOON);
  });
  void read();
};

/** Reads before the pause is over. */
export const readSoon = (within = 0) => {
  if (timer !== null && timer.due <= performance.now() + within) return;
  plan(within);
};

const plan = pause => {
  if (timer !== null) clearTimeout(timer.id);
  timer = { due: performance.now() + pause, id: setTimeout(read, pause) };
};

const read = async () => {
  const mine = turn;
  timer = null;
  try {
    const status = await get("/status");
    const network = node.network ?? await get("/network");
    if (mine !== turn) return;
    Object.assign(node, { status, network, error: null });
  } catch (error) {
    if (mine !== turn) return;
    node.error = error;
  }
  for (const listener of listeners) listener(node);
  if (timer === null) plan(events.isOpen() ? PAUSE : PAUSE_WITHOUT_EVENTS);
};
