import type { ArmId } from './ids.ts';

/** Who may use secrets and keys of a key vault, as far as Azure Backup's access hangs on it. */
export interface KeyVault {
  readonly key: ArmId;
  readonly name: string;
  readonly resourceGroup: string;
  /** Access by role assignments instead of access policies. */
  readonly usesRbac: boolean;
  readonly accessPolicies: readonly KeyVaultAccessPolicy[];
  /** Roles that are assigned on the key vault or above it; only read where `usesRbac`. */
  readonly roleAssignments?: readonly RoleAssignment[];
  /** Whether its firewall lets trusted Microsoft services pass or is off. */
  readonly isOpenToTrustedServices: boolean;
}

/** An access policy: the permissions of one principal, lower-cased. */
export interface KeyVaultAccessPolicy {
  readonly objectId: string;
  readonly secrets: readonly string[];
  readonly keys: readonly string[];
}

/** A role of a principal; `roleId` is the GUID of the role definition, `actions` its data actions where they were read. */
export interface RoleAssignment {
  readonly principalId: string;
  readonly roleId: string;
  readonly scope: ArmId;
  readonly dataActions?: readonly string[];
}
