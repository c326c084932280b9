// Amounts as people read them.

const WHOLE = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const UNITS = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

/** What stands for a number that nobody knows yet. */
export const UNKNOWN = "–";

const isKnown = value => value !== null && value !== undefined && Number.isFinite(Number(value));

/** 1,234,567 */
export const count = value => isKnown(value) ? WHOLE.format(Number(value)) : UNKNOWN;

/** 0.31; as many digits after the point as asked for */
export const decimal = (value, digits = 2) => isKnown(value) ? Number(value).toFixed(digits) : UNKNOWN;

/** 1.2 k, 3.4 M: for axes */
export const compact = value => isKnown(value) ? new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 3 }).format(Number(value)) : UNKNOWN;

/** 31 %, of a part of one */
export const percent = (value, digits = 0) => isKnown(value) ? `${(100 * Number(value)).toFixed(digits)} %` : UNKNOWN;

/** 1.5 MiB: powers of 1024 */
export const bytes = value => {
  if (!isKnown(value)) return UNKNOWN;
  let [size, unit] = [Number(value), 0];
  while (Math.abs(size) >= 1023.95 && unit < UNITS.length - 1) [size, unit] = [size / 1024, unit + 1];
  return `${size.toFixed(unit === 0 ? 0 : 1)} ${UNITS[unit]}`;
};

/** 7 s, 4 min 05 s, 3 h 12 min, 2 d 4 h */
export const duration = seconds => {
  if (!isKnown(seconds)) return UNKNOWN;
  const whole = Math.max(0, Math.round(Number(seconds)));
  const two = number => String(number).padStart(2, "0");
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
  if (whole < 86400) return `${Math.floor(whole / 3600)} h ${two(Math.floor(whole % 3600 / 60))} min`;
  return `${WHOLE.format(Math.floor(whole / 86400))} d ${Math.floor(whole % 86400 / 3600)} h`;
};

/** 0.35 ms, 12 ms, 1.24 s */
export const milliseconds = value => !isKnown(value) ? UNKNOWN
  : value >= 1000 ? `${(value / 1000).toFixed(2)} s`
  : `${Number(value).toFixed(value < 10 ? 2 : 0)} ms`;

/** The first digits of a hash */
export const short = hash => typeof hash === "string" && hash.length > 12 ? hash.slice(0, 12) : hash ?? UNKNOWN;

/** 14:03:59 of Unix seconds; with the date if it is another day */
export const clock = timestamp => {
  if (!isKnown(timestamp)) return UNKNOWN;
  const then = new Date(Number(timestamp) * 1000);
  if (Number.isNaN(then.getTime())) return UNKNOWN;
  const text = then.toISOString();
  const time = then.toLocaleTimeString("en-GB");
  return then.toDateString() === new Date().toDateString() ? time : `${text.slice(0, 10)} ${time}`;
};

/** Of many seconds or one */
export const plural = (number, one, many = `${one}s`) => `${count(number)} ${Number(number) === 1 ? one : many}`;

/** An enum's word for people: no_peers → no peers */
export const words = name => String(name ?? "").replaceAll("_", " ");

/** A quarter million mojo as chia: the smallest part is 10⁻¹² */
export const amount = mojo => isKnown(mojo) ? `${(Number(mojo) / 1e12).toLocaleString("en", { maximumFractionDigits: 12 })} chia` : UNKNOWN;
