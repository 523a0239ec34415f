import { type Token, tokenize } from './lexer.ts';
import { type Position, syntaxError } from './query-error.ts';

/** Walks over the tokens of one query text; every refusal names the token it stopped at. */
export class Cursor {
  readonly #tokens: readonly Token[];
  readonly #end: Token;
  #index = 0;

  constructor(text: string) {
    this.#tokens = tokenize(text);
    const end = this.#tokens.at(-1);
    if (!end) throw new Error('tokenize always ends with an end token');
    this.#end = end;
  }

  /** The token at a distance from here; beyond the last one it is the end. */
  peek(distance = 0): Token {
    return this.#tokens[this.#index + distance] ?? this.#end;
  }

  /** Where the cursor stands. */
  get at(): Position {
    return this.peek().at;
  }

  /** Takes one token, whatever it is. */
  next(): Token {
    const token = this.peek();
    this.#index += 1;
    return token;
  }

  /** Whether a symbol or bare word stands at a distance from here. */
  sees(text: string, distance = 0): boolean {
    const token = this.peek(distance);
    return token.text === text && (token.kind === 'symbol' || token.kind === 'name');
  }

  /** Takes a symbol or bare word if it stands here. */
  accept(text: string): boolean {
    const found = this.sees(text);
    if (found) this.#index += 1;
    return found;
  }

  /** Takes a symbol or bare word that must stand here. */
  expect(text: string): Token {
    if (!this.sees(text)) throw syntaxError(`Expected '${text}'`, this.at);
    return this.next();
  }

  /** Takes a name that must stand here, bare or in brackets and quotes. */
  expectName(): Token {
    const token = this.peek();
    if (token.kind !== 'name' && token.kind !== 'quoted-name') throw syntaxError('Expected a name', token.at);
    return this.next();
  }

  /** Takes one or more items parted by commas. */
  list<T>(item: () => T): readonly T[] {
    const items = [item()];
    while (this.accept(',')) items.push(item());
    return items;
  }
}
