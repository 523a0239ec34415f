import type { BackupPolicy } from './backup-policy.ts';
import type { UnknownBecause } from './fact.ts';
import type { PolicyInQuestion } from './intended-policy.ts';

/** Whether the policy that is judged is Enhanced. */
export type EnhancedAnswer =
  | { readonly kind: 'enhanced' | 'standard'; readonly policy: BackupPolicy }
  /** An item without a policy: protection is stopped (ruling 36). */
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown'; readonly because: UnknownBecause };

/** A policy whose subtype could not be understood may be either. */
export function enhancedOrNot(question: PolicyInQuestion): EnhancedAnswer {
  if (question.kind === 'none' || question.kind === 'unknown') {
    return question;
  }
  const { policy } = question;
  switch (policy.subtype) {
    case 'Enhanced':
      return { kind: 'enhanced', policy };
    case 'Standard':
      return { kind: 'standard', policy };
    default:
      return {
        kind: 'unknown',
        because: { cause: 'not-reported', detail: `Whether policy ${policy.name} is Enhanced could not be read.` },
      };
  }
}
