import type { BackupEngine, EngineRegistrations, ServerItem } from './backup-engine.ts';
import type { Fact } from './fact.ts';
import type { Vault } from './protection.ts';
import type { JudgedHostVm, ServerHost } from './server-host.ts';
import type { SubscriptionState } from './server-operations.ts';

/** The vault with which a server is, or is to be, registered. */
export type ServerVault = Pick<Vault, 'name' | 'region'> &
  Partial<Pick<Vault, 'id' | 'resourceGroup' | 'subscriptionId' | 'redundancy'>>;

/** Everything that can be known about one backup server. */
export interface ServerFacts {
  /** `planned`: it is not installed yet. */
  readonly engine: BackupEngine | 'planned';
  readonly registrations: EngineRegistrations;
  readonly vault: ServerVault;
  /** Of the vault. */
  readonly subscription: SubscriptionState;
  /** Items of this server in its vault. */
  readonly items: readonly ServerItem[];
  readonly host: ServerHost;
  /** `none`: the host is no VM of Azure. */
  readonly hostVm: JudgedHostVm | 'none';
}

export type ServerFactName = keyof ServerFacts;

/** Each fact of one backup server: known, or unknown with its cause. */
export type ServerSheet = { readonly [Name in ServerFactName]: Fact<ServerFacts[Name]> };
