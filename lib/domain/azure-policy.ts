import type { ArmId } from './ids.ts';

/** A definition of the organisation itself that refuses resource groups without tags. */
export interface GroupDenial {
  /** As it stands in `PolicyAssignment.definitions`. */
  readonly definition: string;
  /** Name of the tag that it demands, if it is one and can be told. */
  readonly tag?: string;
}

/** An assignment of Azure Policy. Scopes are lower-cased ids of management groups, subscriptions, groups or resources. */
export interface PolicyAssignment {
  readonly id: ArmId;
  readonly name: string;
  readonly scope: ArmId;
  /** Scopes below `scope` that are left out. */
  readonly notScopes: readonly ArmId[];
  /** GUID or name of the assigned definition, lower-cased. */
  readonly definition: string;
  /** Definitions that the assignment comes to, if it assigns an initiative that could be read; else only `definition`. */
  readonly definitions: readonly string[];
  /** Those among them that are no built-ins and, with these parameters, deny resource groups without tags. */
  readonly groupDenials: readonly GroupDenial[];
  /** Parameter values, for example `{ effect: 'Deny', tagName: 'owner' }`; only texts. */
  readonly parameters: Readonly<Record<string, string>>;
  /** `Default` or `DoNotEnforce`. */
  readonly enforcementMode: string;
}

/** An exemption from an assignment of Azure Policy; `expiresOn` is ISO 8601, absent = without end. */
export interface PolicyExemption {
  readonly id: ArmId;
  readonly name: string;
  readonly scope: ArmId;
  readonly assignmentId: ArmId;
  /** `Waiver` or `Mitigated`. */
  readonly category: string;
  readonly expiresOn?: string;
  /**
   * Definitions of an initiative to which the exemption is limited (`policyDefinitionReferenceIds`), as they stand in
   * `PolicyAssignment.definitions`; absent = all of them.
   */
  readonly definitions?: readonly string[];
}

/**
 * What Azure Policy says in a tenant, as far as backup is concerned: what is assigned to or exempts a scope that contains
 * the VM. An assignment that leaves out a management group above the VM is not among them.
 */
export interface AzurePolicy {
  readonly assignments: readonly PolicyAssignment[];
  readonly exemptions: readonly PolicyExemption[];
}
