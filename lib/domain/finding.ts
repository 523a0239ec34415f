import type { UnknownCause } from './fact.ts';
import type { Category, EvidenceValues, Severity } from './rule.ts';

/** One value that a rule looked at: the fact, what was read, where and when (ISO 8601). */
export interface Evidence {
  readonly fact: string;
  readonly values: EvidenceValues;
  readonly where: string;
  readonly readAt: string;
}

/** What to do about a failing rule for this very VM; commands are quoted for a POSIX shell. */
export interface Fix {
  readonly text: string;
  readonly commands: readonly string[];
}

/** What one rule said about one VM, in words and with its evidence. */
export type Finding =
  | {
      readonly outcome: 'pass' | 'fail';
      readonly rule: string;
      readonly category: Category;
      readonly severity: Severity;
      readonly reason: string;
      readonly message: string;
      readonly evidence: readonly Evidence[];
      readonly fix?: Fix;
    }
  | {
      readonly outcome: 'unknown';
      readonly rule: string;
      readonly category: Category;
      readonly severity: Severity;
      readonly cause: UnknownCause;
      readonly message: string;
      readonly action?: string;
      readonly evidence: readonly Evidence[];
    }
  | {
      readonly outcome: 'notApplicable';
      readonly rule: string;
      readonly category: Category;
      readonly severity: Severity;
      readonly message: string;
      readonly evidence: readonly Evidence[];
    };
