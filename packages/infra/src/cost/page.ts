const begin = '<!-- begin: npx pnpm cost --write -->';
const end = '<!-- end -->';

/** The text between the two markers of a page. @throws Error when they are not there. */
export function readReport(page: string): string {
  const [before, report] = partsOf(page);
  return page.slice(before, report).trim();
}

/** The page with another text between its markers. @throws Error when they are not there. */
export function writeReport(page: string, report: string): string {
  const [from, to] = partsOf(page);
  return `${page.slice(0, from)}\n\n${report}\n\n${page.slice(to)}`;
}

function partsOf(page: string): [from: number, to: number] {
  const from = page.indexOf(begin);
  const to = page.indexOf(end, from);
  if (from < 0 || to < 0) throw new Error(`the page needs the lines ${begin} and ${end}`);
  return [from + begin.length, to];
}
