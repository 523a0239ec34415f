// Generated from the folder by `npm test -- --update`; the house test fails when it is stale.
import type { ResourceRule } from '../../domain/resource-rule.ts';
import { classicAsmStorage } from './classic-asm-storage.ts';
import { classicBackupItem } from './classic-backup-item.ts';
import { classicBackupVault } from './classic-backup-vault.ts';
import { classicGuestAgentFlag } from './classic-guest-agent-flag.ts';
import { classicReservedIpEndpoint } from './classic-reserved-ip-endpoint.ts';
import { classicVmPresent } from './classic-vm-present.ts';
import { healthOrphanedItem } from './health-orphaned-item.ts';

/** Every rule about resources that are no VMs, by id. */
export const resourceCatalogue = [
  classicAsmStorage,
  classicBackupItem,
  classicBackupVault,
  classicGuestAgentFlag,
  classicReservedIpEndpoint,
  classicVmPresent,
  healthOrphanedItem,
] as const satisfies readonly ResourceRule[];
