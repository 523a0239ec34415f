/**
 * Whether a text is a word of Azure's, whose letter case differs between API versions. Cheap if it is spelled alike, as it
 * mostly is: the rules ask this of every VM.
 */
export function isWord(text: string | undefined, word: string): boolean {
  return (
    text === word || (text !== undefined && text.length === word.length && text.toLowerCase() === word.toLowerCase())
  );
}

/** Whether a text is one of some words, in any letter case. */
export function isOneOf(text: string | undefined, words: readonly string[]): boolean {
  for (const word of words) {
    if (isWord(text, word)) {
      return true;
    }
  }
  return false;
}
