/** Why something could not be told; the list is closed (verdicts of the product's contract). */
export type UnknownCause =
  | 'no-permission'
  | 'throttled'
  | 'partial-inventory'
  | 'vm-not-running'
  | 'too-new'
  | 'not-due-yet'
  | 'in-transition'
  | 'not-reported'
  | 'not-exposed'
  | 'docs-disagree';

/** A cause with the words for the reader and, if a permission is missing, the ARM action to grant. */
export interface UnknownBecause {
  readonly cause: UnknownCause;
  readonly detail: string;
  readonly action?: string;
  /** Seconds after which Azure wants to be asked again, where it said so. */
  readonly retryAfterSeconds?: number;
  /** Whether it may be read a little later: Azure was overloaded, or out of reach. */
  readonly mayPass?: true;
}

/** Where and when a value was read, for example `Resource Graph` at an ISO 8601 instant. */
export interface Source {
  readonly where: string;
  readonly readAt: string;
}

/** Something that can be known about a VM: a value with its source, or unknown with its cause. Never a default. */
export type Fact<T> = Known<T> | { readonly kind: 'unknown'; readonly because: UnknownBecause };

/** A value with where and when it was read. */
export interface Known<T> {
  readonly kind: 'known';
  readonly value: T;
  readonly source: Source;
}

/** A value that was read. */
export function known<T>(value: T, source: Source): Known<T> {
  return { kind: 'known', value, source };
}

/** A value that could not be read. `detail` is a sentence fragment for the reader. */
export function unknown(cause: UnknownCause, detail: string, action?: string): Fact<never> {
  return { kind: 'unknown', because: { cause, detail, ...(action ? { action } : {}) } };
}
