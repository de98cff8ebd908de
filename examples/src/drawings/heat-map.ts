import { escapeXML } from "./escape-xml.ts";

export interface HeatMapOptions {
  readonly title: string;
  /** A name for each row and each column. */
  readonly rows: readonly string[];
  readonly columns: readonly string[];
}

const CELL = 44;
const LEFT = 110;
const TOP = 90;

/** Numbers from 0 to 1 as squares of SVG, from white to blue. */
export function heatMap(values: readonly (readonly number[])[], { title, rows, columns }: HeatMapOptions): string {
  const width = Math.max(LEFT + columns.length * CELL + 20, 320);
  const height = TOP + rows.length * CELL + 16;
  const cells = values.flatMap((row, i) =>
    row.map((value, j) => {
      const [x, y] = [LEFT + j * CELL, TOP + i * CELL];
      const ink = value > 0.5 ? "#fff" : "#333";
      return (
        `<rect x="${x}" y="${y}" width="${CELL}" height="${CELL}" fill="#1f4e9c" fill-opacity="${value.toFixed(3)}" stroke="#eee"/>` +
        `<text x="${x + CELL / 2}" y="${y + CELL / 2 + 4}" text-anchor="middle" font-size="11" fill="${ink}">${value.toFixed(2)}</text>`
      );
    }),
  );
  const rowNames = rows.map(
    (name, i) =>
      `<text x="${LEFT - 8}" y="${TOP + i * CELL + CELL / 2 + 4}" text-anchor="end">${escapeXML(name)}</text>`,
  );
  const columnNames = columns.map((name, j) => {
    const x = LEFT + j * CELL + CELL / 2;
    return `<text transform="translate(${x + 4} ${TOP - 8}) rotate(-40)">${escapeXML(name)}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="13">
<rect width="${width}" height="${height}" fill="#fff"/>
<text x="12" y="22" font-size="15">${escapeXML(title)}</text>
${[...columnNames, ...rowNames, ...cells].join("\n")}
</svg>
`;
}
