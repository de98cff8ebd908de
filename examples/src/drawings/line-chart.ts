import { escapeXML } from "./escape-xml.ts";

/** One line, or one row of dots, of a chart. */
export interface Series {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface LineChartOptions {
  readonly title: string;
  /** What the axes show, with the unit. */
  readonly x: string;
  readonly y: string;
  /** Whether both axes are logarithmic. Default false. */
  readonly isLogarithmic?: boolean;
}

const WIDTH = 720;
const HEIGHT = 400;
const LEFT = 64;
const RIGHT = WIDTH - 150; // beyond it stand the names
const TOP = 36;
const BOTTOM = HEIGHT - 48;
const COLORS = ["#4269d0", "#e15759", "#3ca951", "#a463f2", "#9c6b4e", "#6b7280"];
/** Beyond it, points are thinned out: no screen shows more. */
const MOST_POINTS = 400;

/** A chart of lines as SVG: axes with a few ticks, a name beside each color. */
export function lineChart(series: readonly Series[], { title, x, y, isLogarithmic = false }: LineChartOptions): string {
  const scale = (value: number) => (isLogarithmic ? Math.log10(value) : value);
  const horizontal = axis(
    series.flatMap(({ points }) => points.map(([value]) => scale(value))),
    [LEFT, RIGHT],
  );
  const vertical = axis(
    series.flatMap(({ points }) => points.map(([, value]) => scale(value))),
    [BOTTOM, TOP],
  );
  const label = (value: number) => String(Number((isLogarithmic ? 10 ** value : value).toPrecision(3)));

  const lines = series.map(({ name, points }, i) => {
    const color = COLORS[i % COLORS.length];
    const path = thinned(points, { isLogarithmic })
      .map(([a, b]) => `${horizontal.at(scale(a)).toFixed(1)},${vertical.at(scale(b)).toFixed(1)}`)
      .join(" ");
    const nameY = TOP + 14 + 20 * i;
    return [
      `<polyline points="${path}" fill="none" stroke="${color}" stroke-width="1.5"/>`,
      `<line x1="${RIGHT + 12}" x2="${RIGHT + 32}" y1="${nameY - 4}" y2="${nameY - 4}" stroke="${color}" stroke-width="3"/>`,
      `<text x="${RIGHT + 38}" y="${nameY}">${escapeXML(name)}</text>`,
    ].join("\n");
  });
  const ticks = [
    ...horizontal.ticks.map((tick) => {
      const at = horizontal.at(tick).toFixed(1);
      return `<line x1="${at}" x2="${at}" y1="${TOP}" y2="${BOTTOM}" stroke="#ddd"/><text x="${at}" y="${BOTTOM + 16}" text-anchor="middle">${label(tick)}</text>`;
    }),
    ...vertical.ticks.map((tick) => {
      const at = vertical.at(tick).toFixed(1);
      return `<line x1="${LEFT}" x2="${RIGHT}" y1="${at}" y2="${at}" stroke="#ddd"/><text x="${LEFT - 6}" y="${Number(at) + 4}" text-anchor="end">${label(tick)}</text>`;
    }),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">
<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>
<text x="${LEFT}" y="22" font-size="15">${escapeXML(title)}</text>
${ticks.join("\n")}
${lines.join("\n")}
<text x="${(LEFT + RIGHT) / 2}" y="${HEIGHT - 12}" text-anchor="middle">${escapeXML(x)}</text>
<text transform="translate(16 ${(TOP + BOTTOM) / 2}) rotate(-90)" text-anchor="middle">${escapeXML(y)}</text>
</svg>
`;
}

/** From the range of some values to a range of pixels, with round ticks. */
function axis(values: readonly number[], [start, end]: readonly [number, number]) {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const span = high - low || 1;
  const power = 10 ** Math.floor(Math.log10(span));
  const step = [0.2, 0.5, 1, 2].map((factor) => factor * power).find((size) => span / size <= 6) ?? 2 * power;
  const ticks = [];
  for (let i = Math.ceil(low / step); i * step <= high; i++) ticks.push(i * step);
  return { ticks, at: (value: number) => start + ((value - low) / span) * (end - start) };
}

/** At most so many points, evenly spread as the axis is. */
function thinned(points: Series["points"], { isLogarithmic }: { isLogarithmic: boolean }): Series["points"] {
  const last = points.length - 1;
  if (last < MOST_POINTS) return points;
  const places = Array.from({ length: MOST_POINTS + 1 }, (_, i) => i / MOST_POINTS);
  const indices = places.map((part) => Math.round(isLogarithmic ? (last + 1) ** part - 1 : part * last));
  return [...new Set(indices)].map((index) => points[index]!);
}
