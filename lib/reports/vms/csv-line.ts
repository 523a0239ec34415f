/** What a cell may hold; what is absent is an empty cell. */
export type Cell = string | number | boolean | null | undefined;

/** Controls, line breaks among them, and marks that change the direction of the text around them. */
const controls = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu;
/** What spreadsheets take for the beginning of a formula, also in full width, and after what they skip. */
const formula = /^[\p{Z}\p{C}]*[=+\-@\uff0b\uff0d\uff1d\uff20]/u;

/** A text that no spreadsheet executes: controls become blanks, and an apostrophe goes before what would begin a formula. */
export function harmless(text: string): string {
  const clean = text.toWellFormed().replaceAll(controls, ' ');
  return formula.test(clean) ? `'${clean}` : clean;
}

/** A line by RFC 4180; every cell is quoted, so nothing in it can end it. */
export function csvLine(cells: readonly Cell[]): string {
  const quoted = cells.map((cell) => `"${harmless(String(cell ?? '')).replaceAll('"', '""')}"`);
  return `${quoted.join(',')}\r\n`;
}
