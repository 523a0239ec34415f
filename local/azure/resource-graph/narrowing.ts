/**
 * Which rows of a table are enough for an answer; without a list, all of them. It only saves work: rows beyond it do no
 * harm, as the query and its scope are applied to whatever is given.
 */
export interface Narrowing {
  /** Lower-cased ids; the empty one for what stands in no subscription. */
  readonly subscriptions?: ReadonlySet<string> | undefined;
  /** Lower-cased types. */
  readonly types?: ReadonlySet<string> | undefined;
}
