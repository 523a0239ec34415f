/** Why VMs need no backup: the risk is accepted, or something else takes its place (the words of Azure Policy). */
export const exemptionCategories = ['waiver', 'mitigated'] as const;
export type ExemptionCategory = (typeof exemptionCategories)[number];

/** Where an exemption was made: in Backstop's register, by a tag of the VM, or in Azure Policy. */
export const exemptionOrigins = ['register', 'tag', 'azure-policy'] as const;
export type ExemptionOrigin = (typeof exemptionOrigins)[number];

/** An exemption from backup in the register. Instants are ISO 8601 UTC. */
export interface RegisteredExemption {
  readonly exemptionId: string;
  /** ARM id of a VM, a resource group or a subscription, as it was written. */
  readonly scope: string;
  readonly owner: string;
  readonly reason: string;
  readonly ticket?: string;
  readonly category: ExemptionCategory;
  /** From this instant on it no longer holds. */
  readonly until: string;
  /** When it was ended before its time. */
  readonly endedAt?: string;
  /** Grows with every change. */
  readonly revision: number;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly changedAt: string;
  readonly changedBy: string;
}

/** `expiring`: valid, but not much longer. `ended`: by somebody, before its time. */
export type ExemptionState = 'valid' | 'expiring' | 'expired' | 'ended';

/** By what a VM is exempt, as it stands in its row. */
export interface ExemptionOfVm {
  readonly origin: ExemptionOrigin;
  /** Id in the register, the tag with its value, or the name of the exemption in Azure Policy. */
  readonly name: string;
  /** The end as it was written; absent: none. */
  readonly until?: string;
  /** The instant at which it ends. */
  readonly endsAt?: string;
  readonly reason?: string;
  readonly owner?: string;
}
