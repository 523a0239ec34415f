/** Where a token starts in a query text: line counts from 1, character from 0, as Resource Graph reports them. */
export interface Position {
  readonly line: number;
  readonly character: number;
  readonly token: string;
}

/**
 * What kind of refusal. ParserFailure and InvalidQueryLanguage are codes Resource Graph was seen to answer with;
 * that it uses InvalidQueryLanguage for unknown columns and type errors too, and DisallowedLogicalOperator for its
 * limits, is unconfirmed.
 */
export type QueryErrorCode = 'ParserFailure' | 'InvalidQueryLanguage' | 'DisallowedLogicalOperator';

/** A query that Resource Graph would not run. Thrown while compiling, and at run time for a table that does not exist. */
export class QueryError extends Error {
  readonly code: QueryErrorCode;
  readonly line: number;
  readonly characterPositionInLine: number;
  readonly token: string;

  constructor(code: QueryErrorCode, message: string, at: Position) {
    super(message);
    this.name = 'QueryError';
    this.code = code;
    this.line = at.line;
    this.characterPositionInLine = at.character;
    this.token = at.token;
  }
}

/** The text does not follow the grammar. */
export function syntaxError(message: string, at: Position): QueryError {
  return new QueryError('ParserFailure', message, at);
}

/** The text follows the grammar and means nothing: an unknown name, or a value of the wrong type. */
export function semanticError(message: string, at: Position): QueryError {
  return new QueryError('InvalidQueryLanguage', message, at);
}
