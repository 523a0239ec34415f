import type { Finding } from '../../lib/domain/finding.ts';

/** What Backstop said of one VM. */
export interface Answer {
  /** Verdict that the sweep stored. A sweep cannot know a VM that it may not read, so `hidden` is no mistake. */
  readonly swept: string | 'not listed' | 'hidden';
  /** What a request to judge the VM now answered, or why there was no answer. */
  readonly requested:
    | { readonly kind: 'evaluated'; readonly verdict: string; readonly findings: readonly Finding[] }
    | { readonly kind: 'failed'; readonly why: string };
}
