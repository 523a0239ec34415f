/** Where JSON.parse gave up on this text, given its message: `line 3, column 14`. */
export function jsonErrorPlace(message: string, text: string): string {
  const stated = /at position (\d+)/.exec(message)?.[1];
  const position = stated === undefined ? unexpectedTokenAt(text) : Number(stated);
  const before = text.slice(0, position).split('\n');
  return `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
}

/**
 * V8 does not say where an unexpected token is. It is the last character of the shortest beginning of the text that
 * shows the same complaint; without such a token the text just ends too early.
 */
function unexpectedTokenAt(text: string): number {
  if (!hasUnexpectedToken(text)) return text.length;
  let [good, bad] = [0, text.length];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (hasUnexpectedToken(text.slice(0, middle))) bad = middle;
    else good = middle;
  }
  return good;
}

function hasUnexpectedToken(text: string): boolean {
  try {
    JSON.parse(text);
    return false;
  } catch (error) {
    return error instanceof SyntaxError && error.message.startsWith('Unexpected token');
  }
}
