/** An answer without its transport. Header names are in lower case. */
export interface ResourceGraphAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}
