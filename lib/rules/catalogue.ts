// Generated from the folder by `npm test -- --update`; the house test fails when it is stale.
import type { Rule } from '../domain/rule.ts';
import { agentExtensionsAllowed } from './agent-extensions-allowed.ts';
import { agentProvisioned } from './agent-provisioned.ts';
import { agentReady } from './agent-ready.ts';
import { agentVersionLinux } from './agent-version-linux.ts';
import { agentVersionWindows } from './agent-version-windows.ts';
import { diskCount } from './disk-count.ts';
import { diskManaged } from './disk-managed.ts';
import { govExclusionTag } from './gov-exclusion-tag.ts';
import { govPlatformManagedVm } from './gov-platform-managed-vm.ts';
import { healthInitialBackup } from './health-initial-backup.ts';
import { healthLastBackup } from './health-last-backup.ts';
import { healthPartialDisks } from './health-partial-disks.ts';
import { healthPolicyConsistent } from './health-policy-consistent.ts';
import { healthPrecheck } from './health-precheck.ts';
import { healthProtected } from './health-protected.ts';
import { healthProtectionState } from './health-protection-state.ts';
import { healthRpo } from './health-rpo.ts';
import { osContainerLinux } from './os-container-linux.ts';
import { osLinuxSupported } from './os-linux-supported.ts';
import { osWindowsSupported } from './os-windows-supported.ts';
import { vaultItemSoftDeleted } from './vault-item-soft-deleted.ts';
import { vaultKindRecoveryServices } from './vault-kind-recovery-services.ts';
import { vaultSameRegion } from './vault-same-region.ts';
import { vaultSingleProtection } from './vault-single-protection.ts';
import { vaultSubscriptionScope } from './vault-subscription-scope.ts';

/** Every rule of the service, by id. */
export const catalogue = [
  agentExtensionsAllowed,
  agentProvisioned,
  agentReady,
  agentVersionLinux,
  agentVersionWindows,
  diskCount,
  diskManaged,
  govExclusionTag,
  govPlatformManagedVm,
  healthInitialBackup,
  healthLastBackup,
  healthPartialDisks,
  healthPolicyConsistent,
  healthPrecheck,
  healthProtected,
  healthProtectionState,
  healthRpo,
  osContainerLinux,
  osLinuxSupported,
  osWindowsSupported,
  vaultItemSoftDeleted,
  vaultKindRecoveryServices,
  vaultSameRegion,
  vaultSingleProtection,
  vaultSubscriptionScope,
] as const satisfies readonly Rule[];
