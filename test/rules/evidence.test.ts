import { expect, it } from 'vitest';

import { evaluate } from '../../lib/domain/evaluation.ts';
import type { FactSheet } from '../../lib/domain/fact-sheet.ts';
import { armId } from '../../lib/domain/ids.ts';
import { catalogue } from '../../lib/rules/catalogue.ts';
import {
  disks,
  fact,
  healthyVm,
  hoursAgo,
  item,
  live,
  machine,
  noItem,
  now,
  oneNic,
  ownSubscription,
  settings,
  vault,
} from './healthy-vm.ts';

/** What each rule shows as the values that it looked at. */
function shownOf(change: Partial<FactSheet>): Readonly<Record<string, object>> {
  const { findings } = evaluate(machine(), healthyVm(change), catalogue, { settings, now });
  return Object.fromEntries(
    findings
      .toSorted((a, b) => a.rule.localeCompare(b.rule))
      .map(({ rule, evidence }) => [rule, Object.assign({}, ...evidence.map(({ values }) => values)) as object]),
  );
}

it('every rule shows what it looked at, under the names that Azure has for it', () => {
  expect(shownOf({})).toMatchInlineSnapshot(`
    {
      "agent-extensions-allowed": {
        "allowExtensionOperations": undefined,
      },
      "agent-extensions-healthy": {
        "provisioningState": "",
      },
      "agent-provisioned": {
        "provisionVMAgent": true,
      },
      "agent-ready": {
        "message": "GuestAgent is running and processing the extensions.",
        "time": "2026-11-20T05:59:00.000Z",
        "timeCreated": "2026-09-21T06:00:00.000Z",
        "vmAgent.statuses": "ProvisioningState/succeeded",
      },
      "agent-update-idle": {
        "provisionVMAgent": true,
      },
      "agent-version-linux": {
        "osType": "Windows",
        "vmAgent.vmAgentVersion": "2.7.41491.1172",
      },
      "agent-version-windows": {
        "osType": "Windows",
        "vmAgent.vmAgentVersion": "2.7.41491.1172",
      },
      "availability-zone": {
        "zones": "",
      },
      "disk-auth-and-security-type": {
        "disks": "os, data-0, data-1",
      },
      "disk-count": {
        "storageProfile.dataDisks": 2,
      },
      "disk-ephemeral-os": {
        "diffDiskSettings.option": undefined,
      },
      "disk-managed": {
        "vhd.uri": "",
      },
      "disk-shared": {
        "storageProfile.dataDisks": "data-0, data-1",
      },
      "disk-size": {
        "storageProfile.diskSizeGB": "os: not told, data-0: not told, data-1: not told",
      },
      "disk-sku-enhanced": {
        "storageAccountType": "os: not told, data-0: not told, data-1: not told",
      },
      "disk-write-accelerator": {
        "writeAcceleratorEnabled": "none",
      },
      "encryption-ade": {
        "disks": "os, data-0, data-1",
      },
      "extended-zone": {
        "extendedLocation.name": undefined,
      },
      "gov-environment": {
        "owner": "team-pay",
      },
      "gov-exclusion-tag": {
        "owner": "team-pay",
      },
      "gov-platform-managed-vm": {
        "imageReference.publisher": "MicrosoftWindowsServer",
        "managedBy": undefined,
        "resourceGroup": "rg-pay",
      },
      "gov-policy-interplay": {
        "healthDetails": "",
        "location": "westeurope",
        "subscriptionId": "11111111-1111-1111-1111-111111111111",
      },
      "gov-service-permissions": {
        "actions": "*",
        "notActions": "",
      },
      "guest-hidden-prerequisites": {
        "healthDetails": "",
      },
      "guest-storage-layout": {
        "owner": "team-pay",
      },
      "health-initial-backup": {
        "lastRecoveryPoint": "2026-11-19T20:00:00.000Z",
        "protectionState": "Protected",
      },
      "health-last-backup": {
        "jobs": "",
        "lastBackupStatus": "Completed",
        "lastBackupTime": "2026-11-19T20:00:00.000Z",
      },
      "health-partial-disks": {
        "diskLunList": undefined,
        "isInclusionList": undefined,
      },
      "health-policy-consistent": {
        "policyId": "/subscriptions/11111111-1111-1111-1111-111111111111/resourcegroups/rg-backup/providers/microsoft.recoveryservices/vaults/rsv-weu/backuppolicies/enhancedpolicy",
        "policyInconsistent": false,
      },
      "health-precheck": {
        "healthDetails": "",
        "healthStatus": "Passed",
      },
      "health-protected": {
        "items": "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-backup/providers/Microsoft.RecoveryServices/vaults/rsv-weu/backupFabrics/Azure/protectionContainers/IaasVMContainer;iaasvmcontainerv2;rg-pay;vm-pay-01/protectedItems/VM;iaasvmcontainerv2;rg-pay;vm-pay-01",
      },
      "health-protection-state": {
        "protectionState": "Protected",
      },
      "health-rpo": {
        "gapHours": 24,
        "lastRecoveryPoint": "2026-11-19T20:00:00.000Z",
        "policy": "EnhancedPolicy",
        "timeCreated": "2026-09-21T06:00:00.000Z",
      },
      "lock-restore-point-rg": {
        "location": "westeurope",
        "locks": "",
        "policyId": "/subscriptions/11111111-1111-1111-1111-111111111111/resourcegroups/rg-backup/providers/microsoft.recoveryservices/vaults/rsv-weu/backuppolicies/enhancedpolicy",
        "subscriptionId": "11111111-1111-1111-1111-111111111111",
      },
      "network-azure-firewall-tag": {
        "networkSecurityGroup (NIC)": "none",
        "networkSecurityGroup (subnet)": "none",
        "path.AzureActiveDirectory.route": "system route (0.0.0.0/0 to Internet)",
        "path.AzureActiveDirectory.verdict": "open",
        "path.AzureActiveDirectory.wayOut": "defaultOutbound",
        "path.AzureBackup.route": "system route (0.0.0.0/0 to Internet)",
        "path.AzureBackup.verdict": "open",
        "path.AzureBackup.wayOut": "defaultOutbound",
        "path.Storage.route": "system route (0.0.0.0/0 to Internet)",
        "path.Storage.verdict": "open",
        "path.Storage.wayOut": "defaultOutbound",
        "routeTable": "none",
        "subnet": "default",
      },
      "network-default-outbound": {
        "networkSecurityGroup (NIC)": "none",
        "networkSecurityGroup (subnet)": "none",
        "path.AzureActiveDirectory.route": "system route (0.0.0.0/0 to Internet)",
        "path.AzureActiveDirectory.verdict": "open",
        "path.AzureActiveDirectory.wayOut": "defaultOutbound",
        "path.AzureBackup.route": "system route (0.0.0.0/0 to Internet)",
        "path.AzureBackup.verdict": "open",
        "path.AzureBackup.wayOut": "defaultOutbound",
        "path.Storage.route": "system route (0.0.0.0/0 to Internet)",
        "path.Storage.verdict": "open",
        "path.Storage.wayOut": "defaultOutbound",
        "routeTable": "none",
        "subnet": "default",
      },
      "network-nsg-outbound": {
        "networkSecurityGroup (NIC)": "none",
        "networkSecurityGroup (subnet)": "none",
        "path.AzureActiveDirectory.route": "system route (0.0.0.0/0 to Internet)",
        "path.AzureActiveDirectory.verdict": "open",
        "path.AzureActiveDirectory.wayOut": "defaultOutbound",
        "path.AzureBackup.route": "system route (0.0.0.0/0 to Internet)",
        "path.AzureBackup.verdict": "open",
        "path.AzureBackup.wayOut": "defaultOutbound",
        "path.Storage.route": "system route (0.0.0.0/0 to Internet)",
        "path.Storage.verdict": "open",
        "path.Storage.wayOut": "defaultOutbound",
        "routeTable": "none",
        "subnet": "default",
      },
      "network-private-endpoint": {
        "privateLinkServiceConnectionState": "rsv-weu (none)",
        "publicNetworkAccess": "rsv-weu (Enabled)",
        "vaultId": "/subscriptions/11111111-1111-1111-1111-111111111111/resourcegroups/rg-backup/providers/microsoft.recoveryservices/vaults/rsv-weu",
      },
      "network-proxy": {
        "healthDetails": "",
      },
      "network-route-forced-tunnel": {
        "networkSecurityGroup (NIC)": "none",
        "networkSecurityGroup (subnet)": "none",
        "path.AzureActiveDirectory.route": "system route (0.0.0.0/0 to Internet)",
        "path.AzureActiveDirectory.verdict": "open",
        "path.AzureActiveDirectory.wayOut": "defaultOutbound",
        "path.AzureBackup.route": "system route (0.0.0.0/0 to Internet)",
        "path.AzureBackup.verdict": "open",
        "path.AzureBackup.wayOut": "defaultOutbound",
        "path.Storage.route": "system route (0.0.0.0/0 to Internet)",
        "path.Storage.verdict": "open",
        "path.Storage.wayOut": "defaultOutbound",
        "routeTable": "none",
        "subnet": "default",
      },
      "network-wireserver": {
        "networkSecurityGroup (NIC)": "none",
        "networkSecurityGroup (subnet)": "none",
        "powerState": "running",
      },
      "os-64bit": {
        "imageReference.publisher": undefined,
        "imageReference.sku": undefined,
        "osName": "Windows Server 2022 Datacenter",
      },
      "os-container-linux": {
        "imageReference.offer": undefined,
        "imageReference.publisher": undefined,
        "osName": "Windows Server 2022 Datacenter",
      },
      "os-linux-supported": {
        "imageReference.publisher": undefined,
        "osName": "Windows Server 2022 Datacenter",
        "osVersion": "10.0.20348.2762",
      },
      "os-windows-supported": {
        "imageReference.sku": undefined,
        "osName": "Windows Server 2022 Datacenter",
        "osVersion": "10.0.20348.2762",
      },
      "policy-capacity": {
        "location": "westeurope",
        "vaults": "rsv-weu",
      },
      "policy-instant-restore": {
        "instantRpRetentionRangeInDays": 7,
        "policy": "EnhancedPolicy",
        "policyId": "/subscriptions/11111111-1111-1111-1111-111111111111/resourcegroups/rg-backup/providers/microsoft.recoveryservices/vaults/rsv-weu/backuppolicies/enhancedpolicy",
      },
      "policy-retention-minimum": {
        "policy": "EnhancedPolicy",
        "policyId": "/subscriptions/11111111-1111-1111-1111-111111111111/resourcegroups/rg-backup/providers/microsoft.recoveryservices/vaults/rsv-weu/backuppolicies/enhancedpolicy",
        "retentionDuration.count": 30,
        "retentionDuration.durationType": "Days",
      },
      "policy-schedule-rpo": {
        "gapHours": 24,
        "policy": "EnhancedPolicy",
        "policyId": "/subscriptions/11111111-1111-1111-1111-111111111111/resourcegroups/rg-backup/providers/microsoft.recoveryservices/vaults/rsv-weu/backuppolicies/enhancedpolicy",
        "scheduleRunFrequency": "daily",
      },
      "policy-type-fit": {
        "policy": "EnhancedPolicy",
        "policyName": "EnhancedPolicy",
        "policyType": "Enhanced",
      },
      "restore-domain-controller": {
        "owner": "team-pay",
      },
      "restore-load-balancer": {
        "pools": "none",
      },
      "restore-multiple-ip": {
        "ipConfigurations": "nic-pay (IP configurations: 1, public addresses: 0)",
      },
      "restore-multiple-nic": {
        "networkProfile.networkInterfaces": 1,
      },
      "restore-placement": {
        "availabilitySet": undefined,
        "host": undefined,
        "hostGroup": undefined,
        "plan": undefined,
      },
      "restore-point-limit": {
        "healthDetails": "",
      },
      "restore-replace-existing": {
        "item": "VM;iaasvmcontainerv2;rg-pay;vm-pay-01",
        "unmanaged": 0,
      },
      "restore-static-ip": {
        "privateIPAllocationMethod": "ipconfig1: Dynamic",
      },
      "security-confidential-vm": {
        "hardwareProfile.vmSize": "Standard_D2s_v5",
        "location": "westeurope",
        "securityEncryptionType": undefined,
        "securityProfile.securityType": undefined,
      },
      "security-trusted-launch": {
        "securityProfile.securityType": undefined,
      },
      "spot-vm": {
        "evictionPolicy": undefined,
        "priority": undefined,
      },
      "vault-capacity": {
        "item": "rsv-weu",
        "location": "westeurope",
        "vaults": "rsv-weu",
      },
      "vault-cross-region-restore": {
        "crossRegionRestore": "rsv-weu (Disabled)",
        "standardTierStorageRedundancy": "rsv-weu (GeoRedundant)",
        "vaultId": "/subscriptions/11111111-1111-1111-1111-111111111111/resourcegroups/rg-backup/providers/microsoft.recoveryservices/vaults/rsv-weu",
      },
      "vault-immutability": {
        "immutabilityState": "rsv-weu (Unlocked)",
        "multiUserAuthorization": "rsv-weu (Disabled)",
        "vaultId": "/subscriptions/11111111-1111-1111-1111-111111111111/resourcegroups/rg-backup/providers/microsoft.recoveryservices/vaults/rsv-weu",
      },
      "vault-item-soft-deleted": {
        "isScheduledForDeferredDelete": false,
        "vaults": "",
      },
      "vault-kind-recovery-services": {
        "location": "westeurope",
      },
      "vault-name-valid": {
        "location": "westeurope",
      },
      "vault-provider-region": {
        "item": "/subscriptions/11111111-1111-1111-1111-111111111111/resourcegroups/rg-backup/providers/microsoft.recoveryservices/vaults/rsv-weu",
        "location": "westeurope",
        "locations": "northeurope, westeurope",
        "registrationState": "Registered",
        "subscriptionId": "11111111-1111-1111-1111-111111111111",
      },
      "vault-same-region": {
        "location": "westeurope",
        "vaults": "rsv-weu (westeurope)",
      },
      "vault-single-protection": {
        "sourceResourceId": 1,
        "vaults": "/subscriptions/11111111-1111-1111-1111-111111111111/resourcegroups/rg-backup/providers/microsoft.recoveryservices/vaults/rsv-weu",
      },
      "vault-soft-delete": {
        "softDeleteRetentionPeriodInDays": "rsv-weu (14)",
        "softDeleteState": "rsv-weu (Enabled)",
        "vaultId": "/subscriptions/11111111-1111-1111-1111-111111111111/resourcegroups/rg-backup/providers/microsoft.recoveryservices/vaults/rsv-weu",
      },
      "vault-storage-redundancy": {
        "standardTierStorageRedundancy": "rsv-weu (GeoRedundant)",
        "storageTypeState": "rsv-weu (Unlocked)",
        "vaultId": "/subscriptions/11111111-1111-1111-1111-111111111111/resourcegroups/rg-backup/providers/microsoft.recoveryservices/vaults/rsv-weu",
      },
      "vault-subscription-scope": {
        "securityType": undefined,
        "subscriptionId": "11111111-1111-1111-1111-111111111111",
        "tenantId": "aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa",
        "vaultIds": "/subscriptions/11111111-1111-1111-1111-111111111111/resourcegroups/rg-backup/providers/microsoft.recoveryservices/vaults/rsv-weu",
        "vaults": "rsv-weu (11111111-1111-1111-1111-111111111111)",
      },
      "vault-writable": {
        "item": "rsv-weu",
        "location": "westeurope",
        "locks": "rsv-weu (none)",
        "moveState": "rsv-weu (none)",
        "provisioningState": "rsv-weu (Succeeded)",
        "subscriptionState": "rsv-weu (Enabled)",
      },
      "vm-power-state": {
        "powerState.code": "running",
      },
      "vm-provisioning-state": {
        "provisioningState": "Succeeded",
        "timeCreated": "2026-09-21T06:00:00.000Z",
      },
      "vm-size-minimum": {
        "hardwareProfile.vmSize": "Standard_D2s_v5",
      },
      "vmss-membership": {
        "orchestrationMode": "none",
      },
    }
  `);
});

it('lists of items, vaults and disks are shown in full, in one order', () => {
  const [first, second] = [item({}, vault('rsv-a')), item({ protectionState: 'ProtectionStopped' }, vault('rsv-b'))];

  const shown = shownOf({
    items: live(second, first),
    vaults: fact({ vaults: [vault('rsv-b'), vault('rsv-a')] }),
    disks: fact([
      ...disks(1),
      { name: 'blob-1', role: 'data', unmanaged: true },
      { name: 'blob-2', role: 'data', unmanaged: true },
    ]),
  });

  expect(shown).toMatchObject({
    'disk-count': { 'storageProfile.dataDisks': 3 },
    'disk-managed': { 'vhd.uri': 'blob-1, blob-2' },
    'health-protected': { items: `${first.id}, ${second.id}` },
    'vault-same-region': { vaults: 'rsv-a (westeurope), rsv-b (westeurope)' },
    'vault-single-protection': { sourceResourceId: 2, vaults: `${first.vaultId}, ${second.vaultId}` },
    'vault-subscription-scope': { vaultIds: `${first.vaultId}, ${second.vaultId}` },
  });
});

it('soft-deleted items are shown, those that stay longest first', () => {
  const deleted = [
    item({ softDeletedUntil: '2026-12-01' }, vault('rsv-a')),
    item({ softDeletedUntil: '2027-01-01' }, vault('rsv-b')),
  ];

  const shown = shownOf({ ...noItem, items: fact({ live: [], softDeleted: deleted }) });

  expect(shown['vault-item-soft-deleted']).toEqual({
    isScheduledForDeferredDelete: true,
    vaults: `${vault('rsv-b').key}, ${vault('rsv-a').key}`,
  });
});

it('what the pre-check and the jobs of an item say is shown in full', () => {
  const found = { message: '', recommendations: [] };
  const job = { name: 'j', operation: 'Backup', errorCodes: [] };

  const shown = shownOf({
    items: live(
      item({
        healthDetails: [
          { ...found, code: '400001', title: 'AzureVmOffline' },
          { ...found, code: '400002', title: '' },
        ],
      }),
    ),
    jobs: fact([
      { ...job, status: 'InProgress', startedAt: hoursAgo(1) },
      { ...job, status: 'Failed', startedAt: hoursAgo(20) },
    ]),
  });

  const withTitles = { healthDetails: '400001 AzureVmOffline, 400002' };
  const codes = { healthDetails: '400001, 400002' };
  expect(shown).toMatchObject({
    'gov-policy-interplay': withTitles,
    'guest-hidden-prerequisites': withTitles,
    'health-last-backup': { jobs: '2026-11-20T05:00:00.000Z InProgress, 2026-11-19T10:00:00.000Z Failed' },
    'health-precheck': codes,
    'network-proxy': codes,
    'restore-point-limit': codes,
  });
});

it('an item of which Azure tells no pre-check shows none', () => {
  const { healthDetails: _, ...withoutCheck } = item();

  const none = { healthDetails: undefined };
  expect(shownOf({ items: live(withoutCheck) })).toMatchObject({
    'gov-policy-interplay': none,
    'guest-hidden-prerequisites': none,
    'health-precheck': none,
    'network-proxy': none,
    'restore-point-limit': none,
  });
});

it('what is granted and taken back, and what is set on vaults, is shown in full', () => {
  const lock = { id: '/l', name: 'l', scope: armId(`/subscriptions/${ownSubscription}`) };
  const { publicNetworkAccess: _, ...vaultCore } = vault('rsv-b');

  const shown = shownOf({
    ...noItem,
    permissions: fact([
      { actions: ['a/read', 'b/read'], notActions: ['a/write'] },
      { actions: ['c/*'], notActions: ['c/delete'] },
    ]),
    vaults: fact({
      vaults: [
        vaultCore,
        vault('rsv-a', {
          publicNetworkAccess: 'Disabled',
          privateEndpoints: [
            { id: '/pe-1', status: 'Pending' },
            { id: '/pe-2', status: 'Approved' },
          ],
          locks: fact([
            { ...lock, name: 'stop', level: 'ReadOnly' },
            { ...lock, name: 'keep', level: 'CanNotDelete' },
          ]),
        }),
      ],
    }),
  });

  expect(shown).toMatchObject({
    'gov-service-permissions': { actions: 'a/read, b/read, c/*', notActions: 'a/write, c/delete' },
    'network-private-endpoint': {
      publicNetworkAccess: 'rsv-a (Disabled), rsv-b (Enabled)',
      privateLinkServiceConnectionState: 'rsv-a (Pending, Approved), rsv-b (none)',
    },
    'policy-capacity': { vaults: 'rsv-a, rsv-b' },
    'vault-capacity': { item: 'none', vaults: 'rsv-a, rsv-b' },
    'vault-subscription-scope': { vaults: `rsv-a (${ownSubscription}), rsv-b (${ownSubscription})` },
    'vault-writable': { item: 'none', locks: 'rsv-a (keep: CanNotDelete, stop: ReadOnly), rsv-b (none)' },
  });
});

it('what an item without a policy, and a VM without an image, do not have is shown as missing', () => {
  const { image: _, ...withoutImage } = machine({ zones: ['1', '2'] });

  const shown = shownOf({
    vm: fact(withoutImage),
    policy: fact('none'),
    disks: fact(disks(2).map((disk) => (disk.role === 'os' ? { ...disk, ephemeral: true } : disk))),
  });

  expect(shown).toMatchObject({
    'availability-zone': { zones: '1, 2' },
    'disk-ephemeral-os': { 'diffDiskSettings.option': 'Local' },
    'gov-platform-managed-vm': { 'imageReference.publisher': undefined },
    'health-rpo': { policy: 'none', gapHours: undefined },
  });
});

it('extensions, addresses, locks and disks that are left out are shown in full', () => {
  const extension = { publisher: 'Contoso', type: 'Guard', provisioningState: 'Succeeded' };
  const scope = `/subscriptions/${ownSubscription}`;
  const lock = { id: '/l', name: 'l', scope: armId(scope) };
  const address = { privateAddress: '10.0.0.4', pools: [] };

  const shown = shownOf({
    items: live(item({ diskExclusion: { luns: [3, 1], isInclusionList: false } })),
    extensions: fact([
      { ...extension, name: 'guard-2' },
      { ...extension, name: 'guard-1', provisioningState: 'Failed' },
    ]),
    nics: fact({
      count: 1,
      nics: oneNic.nics.map((nic) => ({
        ...nic,
        ipConfigurations: [
          { ...address, name: 'first', allocation: 'Static' },
          { ...address, name: 'second' },
        ],
      })),
    }),
    locks: fact([
      { ...lock, level: 'ReadOnly' },
      { ...lock, level: 'CanNotDelete' },
    ]),
  });

  expect(shown).toMatchObject({
    'agent-extensions-healthy': {
      provisioningState: 'guard-1 (Contoso/Guard): Failed, guard-2 (Contoso/Guard): Succeeded',
    },
    'health-partial-disks': { diskLunList: '3, 1', isInclusionList: false },
    'lock-restore-point-rg': { locks: `CanNotDelete ${scope}, ReadOnly ${scope}` },
    'restore-static-ip': { privateIPAllocationMethod: 'first: Static, second: ' },
  });
});
