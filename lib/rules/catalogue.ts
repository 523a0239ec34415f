// Generated from the folder by `npm test -- --update`; the house test fails when it is stale.
import type { Rule } from '../domain/rule.ts';
import { agentExtensionsAllowed } from './agent-extensions-allowed.ts';
import { agentExtensionsHealthy } from './agent-extensions-healthy.ts';
import { agentProvisioned } from './agent-provisioned.ts';
import { agentReady } from './agent-ready.ts';
import { agentUpdateIdle } from './agent-update-idle.ts';
import { agentVersionLinux } from './agent-version-linux.ts';
import { agentVersionWindows } from './agent-version-windows.ts';
import { availabilityZone } from './availability-zone.ts';
import { diskAuthAndSecurityType } from './disk-auth-and-security-type.ts';
import { diskCount } from './disk-count.ts';
import { diskEphemeralOs } from './disk-ephemeral-os.ts';
import { diskManaged } from './disk-managed.ts';
import { diskShared } from './disk-shared.ts';
import { diskSize } from './disk-size.ts';
import { diskSkuEnhanced } from './disk-sku-enhanced.ts';
import { diskWriteAccelerator } from './disk-write-accelerator.ts';
import { encryptionAde } from './encryption-ade.ts';
import { extendedZone } from './extended-zone.ts';
import { govEnvironment } from './gov-environment.ts';
import { govExclusionTag } from './gov-exclusion-tag.ts';
import { govPlatformManagedVm } from './gov-platform-managed-vm.ts';
import { govPolicyInterplay } from './gov-policy-interplay.ts';
import { govServicePermissions } from './gov-service-permissions.ts';
import { guestHiddenPrerequisites } from './guest-hidden-prerequisites.ts';
import { guestStorageLayout } from './guest-storage-layout.ts';
import { healthInitialBackup } from './health-initial-backup.ts';
import { healthLastBackup } from './health-last-backup.ts';
import { healthPartialDisks } from './health-partial-disks.ts';
import { healthPolicyConsistent } from './health-policy-consistent.ts';
import { healthPrecheck } from './health-precheck.ts';
import { healthProtected } from './health-protected.ts';
import { healthProtectionState } from './health-protection-state.ts';
import { healthRpo } from './health-rpo.ts';
import { lockRestorePointRg } from './lock-restore-point-rg.ts';
import { networkAzureFirewallTag } from './network-azure-firewall-tag.ts';
import { networkDefaultOutbound } from './network-default-outbound.ts';
import { networkNsgOutbound } from './network-nsg-outbound.ts';
import { networkPrivateEndpoint } from './network-private-endpoint.ts';
import { networkProxy } from './network-proxy.ts';
import { networkRouteForcedTunnel } from './network-route-forced-tunnel.ts';
import { networkWireserver } from './network-wireserver.ts';
import { os64bit } from './os-64bit.ts';
import { osContainerLinux } from './os-container-linux.ts';
import { osLinuxSupported } from './os-linux-supported.ts';
import { osWindowsSupported } from './os-windows-supported.ts';
import { policyCapacity } from './policy-capacity.ts';
import { policyInstantRestore } from './policy-instant-restore.ts';
import { policyRetentionMinimum } from './policy-retention-minimum.ts';
import { policyScheduleRpo } from './policy-schedule-rpo.ts';
import { policyTypeFit } from './policy-type-fit.ts';
import { restoreDomainController } from './restore-domain-controller.ts';
import { restoreLoadBalancer } from './restore-load-balancer.ts';
import { restoreMultipleIp } from './restore-multiple-ip.ts';
import { restoreMultipleNic } from './restore-multiple-nic.ts';
import { restorePlacement } from './restore-placement.ts';
import { restorePointLimit } from './restore-point-limit.ts';
import { restoreReplaceExisting } from './restore-replace-existing.ts';
import { restoreStaticIp } from './restore-static-ip.ts';
import { securityConfidentialVm } from './security-confidential-vm.ts';
import { securityTrustedLaunch } from './security-trusted-launch.ts';
import { spotVm } from './spot-vm.ts';
import { vaultCapacity } from './vault-capacity.ts';
import { vaultCrossRegionRestore } from './vault-cross-region-restore.ts';
import { vaultImmutability } from './vault-immutability.ts';
import { vaultItemSoftDeleted } from './vault-item-soft-deleted.ts';
import { vaultKindRecoveryServices } from './vault-kind-recovery-services.ts';
import { vaultNameValid } from './vault-name-valid.ts';
import { vaultProviderRegion } from './vault-provider-region.ts';
import { vaultSameRegion } from './vault-same-region.ts';
import { vaultSingleProtection } from './vault-single-protection.ts';
import { vaultSoftDelete } from './vault-soft-delete.ts';
import { vaultStorageRedundancy } from './vault-storage-redundancy.ts';
import { vaultSubscriptionScope } from './vault-subscription-scope.ts';
import { vaultWritable } from './vault-writable.ts';
import { vmPowerState } from './vm-power-state.ts';
import { vmProvisioningState } from './vm-provisioning-state.ts';
import { vmSizeMinimum } from './vm-size-minimum.ts';
import { vmssMembership } from './vmss-membership.ts';

/** Every rule of the service, by id. */
export const catalogue = [
  agentExtensionsAllowed,
  agentExtensionsHealthy,
  agentProvisioned,
  agentReady,
  agentUpdateIdle,
  agentVersionLinux,
  agentVersionWindows,
  availabilityZone,
  diskAuthAndSecurityType,
  diskCount,
  diskEphemeralOs,
  diskManaged,
  diskShared,
  diskSize,
  diskSkuEnhanced,
  diskWriteAccelerator,
  encryptionAde,
  extendedZone,
  govEnvironment,
  govExclusionTag,
  govPlatformManagedVm,
  govPolicyInterplay,
  govServicePermissions,
  guestHiddenPrerequisites,
  guestStorageLayout,
  healthInitialBackup,
  healthLastBackup,
  healthPartialDisks,
  healthPolicyConsistent,
  healthPrecheck,
  healthProtected,
  healthProtectionState,
  healthRpo,
  lockRestorePointRg,
  networkAzureFirewallTag,
  networkDefaultOutbound,
  networkNsgOutbound,
  networkPrivateEndpoint,
  networkProxy,
  networkRouteForcedTunnel,
  networkWireserver,
  os64bit,
  osContainerLinux,
  osLinuxSupported,
  osWindowsSupported,
  policyCapacity,
  policyInstantRestore,
  policyRetentionMinimum,
  policyScheduleRpo,
  policyTypeFit,
  restoreDomainController,
  restoreLoadBalancer,
  restoreMultipleIp,
  restoreMultipleNic,
  restorePlacement,
  restorePointLimit,
  restoreReplaceExisting,
  restoreStaticIp,
  securityConfidentialVm,
  securityTrustedLaunch,
  spotVm,
  vaultCapacity,
  vaultCrossRegionRestore,
  vaultImmutability,
  vaultItemSoftDeleted,
  vaultKindRecoveryServices,
  vaultNameValid,
  vaultProviderRegion,
  vaultSameRegion,
  vaultSingleProtection,
  vaultSoftDelete,
  vaultStorageRedundancy,
  vaultSubscriptionScope,
  vaultWritable,
  vmPowerState,
  vmProvisioningState,
  vmSizeMinimum,
  vmssMembership,
] as const satisfies readonly Rule[];
