import type { RegisteredExemption } from '../domain/registered-exemption.ts';
import type { Stored } from './ports.ts';

/** One change of an exemption, by whom and what it made of it. */
export interface ExemptionChange {
  readonly at: string;
  readonly by: string;
  readonly what: 'created' | 'changed' | 'ended';
  /** Why it was ended; absent for other changes. */
  readonly why?: string;
  /** The exemption as it was from then on. */
  readonly exemption: RegisteredExemption;
}

/** Exemptions that were made in Backstop, with their history. */
export interface ExemptionRegister {
  /** Those whose scope lies in some subscriptions (lower-cased ids). */
  of(subscriptionIds: readonly string[]): Promise<readonly RegisteredExemption[]>;
  all(): Promise<readonly RegisteredExemption[]>;
  find(exemptionId: string): Promise<Stored<RegisteredExemption> | undefined>;
  /** Writes an exemption under its version together with the change; false if somebody else changed it meanwhile. */
  write(exemption: Stored<RegisteredExemption>, change: ExemptionChange): Promise<boolean>;
  /** The changes of an exemption, newest first. */
  changesOf(exemptionId: string): Promise<readonly ExemptionChange[]>;
}
