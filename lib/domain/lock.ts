import type { ArmId } from './ids.ts';

/** A management lock. It is inherited by everything below its scope. */
export interface Lock {
  readonly id: string;
  readonly name: string;
  /** `CanNotDelete` or `ReadOnly`. */
  readonly level: string;
  /** What is locked: a subscription, a resource group or a resource. */
  readonly scope: ArmId;
}

/** The locks that a resource has or inherits. */
export function locksOn(resource: ArmId, locks: readonly Lock[]): readonly Lock[] {
  return locks.filter(({ scope }) => resource === scope || resource.startsWith(`${scope}/`));
}
