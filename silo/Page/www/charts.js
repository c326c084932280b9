// Small charts in SVG: a line with its axis, a band, a target; the value under the pointer is told beside it.

import { h, put, s, mark, say } from "./dom.js";

const WIDTH = 360;
const WIDE = 720;
const HEIGHT = 150;
const HEIGHT_WIDE = 210;
const LEFT = 52;
const BOTTOM = 20;
const TOP = 8;
const RIGHT = 6;

/** Charts that are drawn as wide as they stand, so that their words are as large as all others. */
const drawn = new WeakMap();
const sizes = new ResizeObserver(entries => {
  for (const { target, contentRect } of entries) {
    if (contentRect.width > 0) drawn.get(target)?.(Math.round(contentRect.width));
    else if (!target.isConnected) sizes.unobserve(target);
  }
});

/**
 * A chart of columns of equal length.
 * name: what a reader of the screen hears; x, y: numbers; format: of y; formatX: of x; aim: a line to hold y against; band: [low, high] columns;
 * second: another line; zero: whether the axis begins at nothing; base: whether the axis has round numbers of 10 or of 1024;
 * most: where the axis ends at the latest: what is beyond is drawn at its edge, and told as it is.
 */
export const lineChart = options => {
  if (options.y.filter(Number.isFinite).length < 2) return h("p", { class: "empty" }, "Not enough blocks yet.");
  const root = h("div", { class: "chart" });
  let width = 0;
  const draw = wanted => {
    if (wanted === width) return;
    width = wanted;
    put(root, drawChart(options, width, width > WIDE ? HEIGHT_WIDE : HEIGHT));
  };
  draw(WIDTH);
  drawn.set(root, draw);
  sizes.observe(root);
  return root;
};

const drawChart = ({ name, x, y, format, formatX, aim = null, band = null, second = null, zero = true, base = 10, most = Infinity }, width, height) => {
  const known = y.filter(Number.isFinite);
  const all = [...known, ...(band ? band.flat().filter(Number.isFinite) : []), ...(second ?? []).filter(Number.isFinite), ...(aim === null ? [] : [aim])];
  const scale = scaleOf(zero ? 0 : Math.min(...all), Math.min(most, Math.max(...all)), base);
  const [first, last] = [x[0], x[x.length - 1]];
  const px = value => LEFT + (width - LEFT - RIGHT) * (last === first ? 1 : (value - first) / (last - first));
  const py = value => TOP + (height - TOP - BOTTOM) * (1 - (Math.min(value, scale.high) - scale.low) / (scale.high - scale.low));
  const path = column => pathOf(column.map((value, i) => Number.isFinite(value) ? [px(x[i]), py(value)] : null));
  const ground = py(scale.low);
  const chart = s("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `${name}: ${format(known[0])} at first, ${format(known[known.length - 1])} at last` },
    scale.ticks.map(tick => [
      s("line", { class: "axis", x1: LEFT, x2: width - RIGHT, y1: py(tick), y2: py(tick) }),
      s("text", { x: LEFT - 6, y: py(tick) + 4, "text-anchor": "end" }, format(tick)),
    ]),
    s("text", { x: LEFT, y: height - 4 }, formatX(first)),
    s("text", { x: width - RIGHT, y: height - 4, "text-anchor": "end" }, formatX(last)),
    band ? s("path", { class: "band", d: bandOf(x, band, px, py) }) : null,
    s("path", { class: "area", d: areaOf(y.map((value, i) => Number.isFinite(value) ? [px(x[i]), py(value)] : null), ground) }),
    aim === null ? null : s("line", { class: "aim", x1: LEFT, x2: width - RIGHT, y1: py(aim), y2: py(aim) }),
    second ? s("path", { class: "line second", d: path(second) }) : null,
    s("path", { class: "line", d: path(y) }));
  return withPointer(chart, { x, y, px, py, format, formatX, width, height });
};

/** Round numbers about a range: where the axis begins and ends, and the lines between. */
export const scaleOf = (low, high, base = 10) => {
  if (high <= low) high = low + (Math.abs(low) || 1);
  const raw = (high - low) / 3;
  const unit = base === 10 ? 1 : base ** Math.floor(Math.log(raw) / Math.log(base));
  const power = unit * 10 ** Math.floor(Math.log10(raw / unit));
  const step = [1, 2, 2.5, 5, 10].map(f => f * power).find(f => f >= raw);
  const [bottom, top] = [Math.floor(low / step) * step, Math.ceil(high / step) * step];
  const ticks = [];
  for (let tick = bottom; tick <= top + step / 2; tick += step) ticks.push(Number(tick.toPrecision(12)));
  return { low: bottom, high: top, ticks };
};

/** A path through points; a gap where one is missing. */
const pathOf = points => points.map((point, i) => point && `${i > 0 && points[i - 1] ? "L" : "M"}${point[0].toFixed(1)} ${point[1].toFixed(1)}`).filter(Boolean).join("");

/** The ground under each unbroken run of points. */
const areaOf = (points, ground) => {
  const runs = [];
  points.forEach((point, i) => {
    if (!point) return;
    if (i > 0 && points[i - 1]) runs[runs.length - 1].push(point);
    else runs.push([point]);
  });
  return runs.filter(run => run.length > 1)
    .map(run => `M${run[0][0].toFixed(1)} ${ground}${pathOf(run).replace("M", "L")}L${run[run.length - 1][0].toFixed(1)} ${ground}Z`).join("");
};

const bandOf = (x, [low, high], px, py) => {
  const up = x.map((value, i) => `${i ? "L" : "M"}${px(value).toFixed(1)} ${py(high[i]).toFixed(1)}`);
  const down = x.map((value, i) => `L${px(value).toFixed(1)} ${py(low[i]).toFixed(1)}`).reverse();
  return `${up.join("")}${down.join("")}Z`;
};

const withPointer = (chart, { x, y, px, py, format, formatX, width, height }) => {
  const told = h("output", { "aria-hidden": "true" });
  const cursor = s("line", { class: "cursor", y1: TOP, y2: height - BOTTOM });
  const spot = s("circle", { class: "spot", r: 3.5 });
  chart.append(cursor, spot);
  chart.addEventListener("pointermove", event => {
    const box = chart.getBoundingClientRect();
    const at = (event.clientX - box.left) * width / box.width;
    let nearest = -1;
    x.forEach((value, i) => {
      if (Number.isFinite(y[i]) && (nearest < 0 || Math.abs(px(value) - at) < Math.abs(px(x[nearest]) - at))) nearest = i;
    });
    if (nearest < 0) return;
    for (const side of ["x1", "x2"]) mark(cursor, side, px(x[nearest]).toFixed(1));
    mark(spot, "cx", px(x[nearest]).toFixed(1));
    mark(spot, "cy", py(y[nearest]).toFixed(1));
    say(told, `${formatX(x[nearest])} · ${format(y[nearest])}`);
  });
  chart.addEventListener("pointerleave", () => say(told, ""));
  return [chart, told];
};

/** A ring of parts: [{ name, count, kind }]. */
export const ring = (parts, total, unit) => {
  const [radius, width] = [52, 15];
  const length = 2 * Math.PI * radius;
  const shown = parts.filter(part => part.count > 0);
  const gap = shown.length > 1 ? 4 : 0;
  let at = 0;
  const arcs = shown.map(part => {
    const share = length * part.count / total;
    const arc = s("circle", {
      class: part.kind, cx: 70, cy: 70, r: radius, fill: "none", "stroke-width": width,
      "stroke-dasharray": `${Math.max(1, share - gap)} ${length}`, "stroke-dashoffset": -at, transform: "rotate(-90 70 70)",
    });
    at += share;
    return arc;
  });
  const told = shown.map(part => `${part.count} ${part.name}`).join(", ") || "none";
  return h("div", { class: "ring" }, s("svg", { viewBox: "0 0 140 140", width: 160, height: 160, role: "img", "aria-label": `${total} ${unit}: ${told}` },
    s("circle", { cx: 70, cy: 70, r: radius, fill: "none", stroke: "var(--line)", "stroke-width": width, opacity: shown.length ? 0 : 1 }),
    arcs,
    s("text", { class: "big", x: 70, y: 74 }, String(total)),
    s("text", { x: 70, y: 92 }, unit)));
};

/** How far something is, from nothing to one. */
export const meter = (part, name) => {
  const bounded = Math.min(1, Math.max(0, Number.isFinite(part) ? part : 0));
  const bar = h("div");
  bar.style.width = `${(100 * bounded).toFixed(1)}%`;
  return h("div", { class: "meter", role: "progressbar", "aria-label": name, "aria-valuemin": 0, "aria-valuemax": 100, "aria-valuenow": Math.round(100 * bounded) }, bar);
};
