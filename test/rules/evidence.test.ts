import { expect, it } from 'vitest';

import { evaluate } from '../../lib/domain/evaluation.ts';
import type { FactSheet } from '../../lib/domain/fact-sheet.ts';
import { catalogue } from '../../lib/rules/catalogue.ts';
import { disks, fact, healthyVm, item, live, machine, noItem, now, settings, vault } from './healthy-vm.ts';

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
      "agent-provisioned": {
        "provisionVMAgent": true,
      },
      "agent-ready": {
        "message": "GuestAgent is running and processing the extensions.",
        "time": "2026-11-20T05:59:00.000Z",
        "timeCreated": "2026-09-21T06:00:00.000Z",
        "vmAgent.statuses": "ProvisioningState/succeeded",
      },
      "agent-version-linux": {
        "osType": "Windows",
        "vmAgent.vmAgentVersion": "2.7.41491.1172",
      },
      "agent-version-windows": {
        "osType": "Windows",
        "vmAgent.vmAgentVersion": "2.7.41491.1172",
      },
      "disk-count": {
        "storageProfile.dataDisks": 2,
      },
      "disk-managed": {
        "vhd.uri": "",
      },
      "gov-exclusion-tag": {
        "owner": "team-pay",
      },
      "gov-platform-managed-vm": {
        "imageReference.publisher": "MicrosoftWindowsServer",
        "managedBy": undefined,
        "resourceGroup": "rg-pay",
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
      "vault-item-soft-deleted": {
        "isScheduledForDeferredDelete": false,
        "vaults": "",
      },
      "vault-kind-recovery-services": {
        "location": "westeurope",
      },
      "vault-same-region": {
        "location": "westeurope",
        "vaults": "rsv-weu (westeurope)",
      },
      "vault-single-protection": {
        "sourceResourceId": 1,
        "vaults": "/subscriptions/11111111-1111-1111-1111-111111111111/resourcegroups/rg-backup/providers/microsoft.recoveryservices/vaults/rsv-weu",
      },
      "vault-subscription-scope": {
        "securityType": undefined,
        "subscriptionId": "11111111-1111-1111-1111-111111111111",
        "tenantId": "aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa",
        "vaultIds": "/subscriptions/11111111-1111-1111-1111-111111111111/resourcegroups/rg-backup/providers/microsoft.recoveryservices/vaults/rsv-weu",
        "vaults": "rsv-weu (11111111-1111-1111-1111-111111111111)",
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
