/** What a word may be made of: single quotes with anything in them, an escaped quote, letters that mean only themselves. */
const piece = /(?:'[^']*'|\\'|[^\s'$`\\"&|;<>(){}[\]*?#~!])/.source;
const commandLine = new RegExp(`^ *(?:${piece}+(?: +|$))*$`);
const words = new RegExp(`${piece}+`, 'g');

/**
 * The words into which a POSIX shell splits a command line of plain words and single quotes. Throws where the shell would
 * do anything else with it: expand, chain, redirect, or wait for a closing quote.
 */
export function posixWords(line: string): readonly string[] {
  if (!commandLine.test(line)) {
    throw new Error(`A shell would read more into this than its words: ${line}`);
  }
  return [...line.matchAll(words)].map(([word]) =>
    word.replaceAll(/'([^']*)'|\\(')/g, (_, quoted = '', escaped = '') => quoted + escaped),
  );
}
