import type { UnknownBecause } from './fact.ts';

/** Whether something is let through: yes, no and why not, or not known. */
export type Passage<WhyNot> =
  | { readonly kind: 'yes' }
  | { readonly kind: 'no'; readonly why: WhyNot }
  | { readonly kind: 'unknown'; readonly because: UnknownBecause };

/** What is let through. */
export const passes: Passage<never> = { kind: 'yes' };

/** What is stopped, and by what. */
export function stopped<WhyNot>(why: WhyNot): Passage<WhyNot> {
  return { kind: 'no', why };
}

/** What Azure does not say enough about. */
export function notReported(detail: string): Passage<never> {
  return { kind: 'unknown', because: { cause: 'not-reported', detail } };
}
