import type { ListedExemption } from '../../lib/use-cases/list-exemptions.ts';

/** What is done to an exemption; `scope`: what a new one covers, if that is known already. */
export type ExemptionTask =
  | { readonly kind: 'create'; readonly scope?: string }
  | { readonly kind: 'change' | 'end'; readonly exemption: ListedExemption };
