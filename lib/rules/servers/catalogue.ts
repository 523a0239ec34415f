// Generated from the folder by `npm test -- --update`; the house test fails when it is stale.
import type { ServerRule } from '../../domain/server-rule.ts';
import { mabsAgentVersion } from './mabs-agent-version.ts';
import { mabsBackupStorage } from './mabs-backup-storage.ts';
import { mabsConnectivity } from './mabs-connectivity.ts';
import { mabsDedicatedHost } from './mabs-dedicated-host.ts';
import { mabsDomain } from './mabs-domain.ts';
import { mabsDomainAllowList } from './mabs-domain-allow-list.ts';
import { mabsExtractSpace } from './mabs-extract-space.ts';
import { mabsHostVmBackedUp } from './mabs-host-vm-backed-up.ts';
import { mabsItemHealth } from './mabs-item-health.ts';
import { mabsOs } from './mabs-os.ts';
import { mabsRegistered } from './mabs-registered.ts';
import { mabsScratchSpace } from './mabs-scratch-space.ts';
import { mabsSqlLocal } from './mabs-sql-local.ts';
import { mabsSubscriptionState } from './mabs-subscription-state.ts';
import { mabsVaultSetup } from './mabs-vault-setup.ts';
import { mabsVersion } from './mabs-version.ts';
import { mabsVmSize } from './mabs-vm-size.ts';

/** Every rule about backup servers, by id. */
export const serverCatalogue = [
  mabsAgentVersion,
  mabsBackupStorage,
  mabsConnectivity,
  mabsDedicatedHost,
  mabsDomain,
  mabsDomainAllowList,
  mabsExtractSpace,
  mabsHostVmBackedUp,
  mabsItemHealth,
  mabsOs,
  mabsRegistered,
  mabsScratchSpace,
  mabsSqlLocal,
  mabsSubscriptionState,
  mabsVaultSetup,
  mabsVersion,
  mabsVmSize,
] as const satisfies readonly ServerRule[];
