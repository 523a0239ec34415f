import { armId } from './arm-ids.ts';
import type { EstateResource } from './estate.ts';
import { type PolicyKind, policyDesign, usualPolicies } from './policies.ts';
import { randomStream } from './random.ts';

/** Azure ends at 1,000 VMs a vault and 100 VMs a policy; the invented company leaves some room in both. */
const machinesPerVault = 900;
const machinesPerPolicy = 80;
const mostPerPolicy = 100;

/** The vault and the policy under which one VM is protected. */
export type Seat = {
  readonly vaultId: string;
  readonly policyId: string;
  readonly policyName: string;
  readonly policyType: 'V1' | 'V2';
};

type Policy = Seat & { readonly kind: PolicyKind; readonly properties: { protectedItemsCount: number } };
type Vault = { readonly id: string; readonly policies: Policy[]; machines: number };

/** Where new vaults go, and how they are called. */
type VaultHome = {
  readonly seed: number;
  readonly subscriptionId: string;
  readonly group: string;
  readonly name: string;
  readonly region: string;
  /** The policies that a new vault has; the usual four unless told. */
  readonly policies?: readonly PolicyKind[];
  readonly emit: (resource: EstateResource) => void;
};

/** The Recovery Services vaults of one department in one region: a next one, a next policy, when the last is full. */
export class Vaults {
  readonly home: VaultHome;
  #all: [Vault, ...Vault[]];

  constructor(home: VaultHome) {
    this.home = home;
    this.#all = [openVault(home, home.name)];
  }

  /** The ids of the vaults. */
  get ids(): string[] {
    return this.#all.map((vault) => vault.id);
  }

  /** Takes a place under a policy of this kind, for one VM. */
  seat(kind: PolicyKind): Seat {
    let vault = this.#all.at(-1) ?? this.#all[0];
    if (vault.machines >= machinesPerVault) {
      vault = openVault(this.home, numbered(this.home.name, this.#all.length + 1));
      this.#all.push(vault);
    }
    return this.#seatIn(vault, kind, machinesPerPolicy);
  }

  /** Takes places in the first vault up to the limits of Azure, for VMs that nobody needs to know more about. */
  fill(kind: PolicyKind, count: number): Seat[] {
    const [vault] = this.#all;
    return Array.from({ length: count }, () => this.#seatIn(vault, kind, mostPerPolicy));
  }

  #seatIn(vault: Vault, kind: PolicyKind, most: number): Seat {
    const siblings = vault.policies.filter((policy) => policy.kind === kind);
    let policy = siblings.at(-1);
    if (policy === undefined || policy.properties.protectedItemsCount >= most) {
      policy = openPolicy(this.home, vault, kind, numbered(policyDesign(kind).name, siblings.length + 1));
    }
    vault.machines++;
    policy.properties.protectedItemsCount++;
    return policy;
  }
}

function numbered(name: string, number: number): string {
  return number === 1 ? name : `${name}-${String(number).padStart(2, '0')}`;
}

function openVault(home: VaultHome, name: string): Vault {
  const vault: Vault = {
    id: armId(home.subscriptionId, home.group, 'Microsoft.RecoveryServices/vaults', name),
    policies: [],
    machines: 0,
  };
  home.emit(vaultBody(home, vault.id, name));
  for (const kind of home.policies ?? usualPolicies) openPolicy(home, vault, kind, policyDesign(kind).name);
  return vault;
}

function vaultBody(home: VaultHome, id: string, name: string): EstateResource {
  const random = randomStream(home.seed, `vault ${id}`);
  const isGeoRedundant = random.chance(85);
  return {
    id,
    name,
    type: 'Microsoft.RecoveryServices/vaults',
    location: home.region,
    tags: {},
    etag: `W/"datetime'2026-0${1 + random.int(9)}-11T08%3A14%3A${10 + random.int(50)}.5519340Z'"`,
    sku: { name: 'RS0', tier: 'Standard' },
    properties: {
      provisioningState: 'Succeeded',
      privateEndpointStateForBackup: 'None',
      privateEndpointStateForSiteRecovery: 'None',
      publicNetworkAccess: 'Enabled',
      redundancySettings: {
        standardTierStorageRedundancy: isGeoRedundant ? 'GeoRedundant' : 'ZoneRedundant',
        crossRegionRestore: isGeoRedundant && random.chance(50) ? 'Enabled' : 'Disabled',
      },
      securitySettings: {
        softDeleteSettings: {
          softDeleteState: random.chance(50) ? 'AlwaysON' : 'Enabled',
          softDeleteRetentionPeriodInDays: 14,
          enhancedSecurityState: 'Enabled',
        },
        multiUserAuthorization: 'Disabled',
        immutabilitySettings: { state: random.chance(5) ? 'Locked' : 'Unlocked' },
      },
      bcdrSecurityLevel: 'Good',
    },
  };
}

function openPolicy(home: VaultHome, vault: Vault, kind: PolicyKind, name: string): Policy {
  const design = policyDesign(kind);
  const properties = {
    backupManagementType: 'AzureIaasVM',
    policyType: design.policyType,
    instantRPDetails: { ...design.instantRPDetails },
    instantRpRetentionRangeInDays: design.instantRpRetentionRangeInDays,
    schedulePolicy: structuredClone(design.schedulePolicy),
    retentionPolicy: structuredClone(design.retentionPolicy),
    timeZone: 'UTC',
    protectedItemsCount: 0,
    ...(design.snapshotConsistencyType && { snapshotConsistencyType: design.snapshotConsistencyType }),
    resourceGuardOperationRequests: null,
  };
  const policyId = `${vault.id}/backupPolicies/${name}`;
  home.emit({ id: policyId, name, type: 'Microsoft.RecoveryServices/vaults/backupPolicies', properties });
  const policy = { vaultId: vault.id, policyId, policyName: name, policyType: design.policyType, kind, properties };
  vault.policies.push(policy);
  return policy;
}

/** A Backup vault: another resource type, for disks, blobs and databases. Its body is from memory, unconfirmed. */
export function backupVault(subscriptionId: string, group: string, name: string, location: string): EstateResource {
  const type = 'Microsoft.DataProtection/backupVaults';
  return {
    id: armId(subscriptionId, group, type, name),
    name,
    type,
    location,
    tags: {},
    properties: {
      provisioningState: 'Succeeded',
      storageSettings: [{ datastoreType: 'VaultStore', type: 'LocallyRedundant' }],
      securitySettings: { softDeleteSettings: { state: 'On', retentionDurationInDays: 14 } },
    },
  };
}
