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

/** Whether an exemption holds at an instant: at its end it no longer does. */
export function isInForce({ until, endedAt }: Pick<RegisteredExemption, 'until' | 'endedAt'>, now: Date): boolean {
  return endedAt === undefined && now.getTime() < Date.parse(until);
}

/** How an exemption stands; `noticeDays`: how long before its end it is announced. */
export function exemptionState(
  exemption: Pick<RegisteredExemption, 'until' | 'endedAt'>,
  now: Date,
  noticeDays: number,
): ExemptionState {
  if (exemption.endedAt !== undefined) {
    return 'ended';
  }
  if (!isInForce(exemption, now)) {
    return 'expired';
  }
  const left = Date.parse(exemption.until) - now.getTime();
  return left <= noticeDays * 86_400_000 ? 'expiring' : 'valid';
}

/** What the register says about a VM: the exemption that holds longest, else the one that expired last; `none` of those that were ended. */
export type RegisterSays =
  | { readonly kind: 'none' }
  | { readonly kind: 'valid' | 'expired'; readonly exemption: RegisteredExemption };

/** What exemptions whose scope contains a VM come to. */
export function registerSays(exemptions: readonly RegisteredExemption[], now: Date): RegisterSays {
  const [longest] = exemptions
    .filter(({ endedAt }) => endedAt === undefined)
    .toSorted((a, b) => Date.parse(b.until) - Date.parse(a.until) || (a.exemptionId < b.exemptionId ? -1 : 1));
  if (!longest) {
    return { kind: 'none' };
  }
  return { kind: isInForce(longest, now) ? 'valid' : 'expired', exemption: longest };
}
