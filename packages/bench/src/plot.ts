/** A rate, as a part of the bare server's, with so many orders in the file; and the least and most of its rounds. */
export interface Point {
  readonly orders: number;
  readonly ratio: number;
  readonly least: number;
  readonly most: number;
}

const [width, height, left, top] = [640, 320, 60, 20];
const [right, bottom] = [width - 20, height - 50];

/** The points as an SVG: the orders in the file to the right, the rate upwards, the spread as vertical lines. */
export function plot(points: readonly Point[]): string {
  const mostOrders = Math.max(...points.map(({ orders }) => orders));
  const highest = Math.ceil(Math.max(...points.map(({ most }) => most)) * 10) / 10;
  const x = (orders: number) => Math.round(left + (orders / mostOrders) * (right - left));
  const y = (ratio: number) => Math.round(bottom - (ratio / highest) * (bottom - top));
  const line = (x1: number, y1: number, x2: number, y2: number, colour: string) =>
    `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${colour}"/>`;
  const text = (at: number, from: number, words: string, anchor: string) =>
    `<text x="${at}" y="${from}" text-anchor="${anchor}">${words}</text>`;
  const levels = Array.from({ length: Math.round(highest / 0.05) + 1 }, (_, index) => index * 0.05);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">
<rect width="${width}" height="${height}" fill="white"/>
${levels.map((level) => line(left, y(level), right, y(level), '#ddd') + text(left - 8, y(level) + 4, level.toFixed(2), 'end')).join('\n')}
${points.map(({ orders }) => text(x(orders), bottom + 18, orders.toLocaleString('en'), orders === 0 ? 'start' : 'end')).join('\n')}
${points.map(({ orders, least, most }) => line(x(orders), y(least), x(orders), y(most), '#999')).join('\n')}
<polyline points="${points.map(({ orders, ratio }) => `${x(orders)},${y(ratio)}`).join(' ')}" fill="none" stroke="#0972d3" stroke-width="2"/>
${text((left + right) / 2, height - 10, 'orders in the file', 'middle')}
${text(left, top - 6, "orders a second, as a part of the bare server's requests", 'start')}
</svg>
`;
}
