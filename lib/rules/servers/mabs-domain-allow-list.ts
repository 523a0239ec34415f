import { allowListText } from '../../domain/allowed-domains.ts';
import { cannotTell } from '../../domain/rule.ts';
import { nameOf } from '../../domain/server-kind.ts';
import { confirmedMessage, defineServerRule } from '../../domain/server-rule.ts';

export const mabsDomainAllowList = defineServerRule({
  id: 'mabs-domain-allow-list',
  title: 'Firewall and proxy let the server reach Azure Backup',
  category: 'network',
  severity: 'warning',
  rationale:
    'Without HTTPS (443) to the domains of its cloud a server neither registers nor backs up to Azure. Over ExpressRoute: Microsoft peering with Entra ID (12076:5060), the region and Storage. Private endpoints: version 4 and later. The networks of an Azure VM are judged for VM backup, which needs less.',
  sources: [
    'Install and upgrade Azure Backup Server, 2026-01-21',
    'Include on network connectivity of MARS and MABS, 2021-06-04',
    'Private endpoints for Azure Backup, 2025-09-09',
  ],
  reviewed: '2026-11-22',
  checklist: 'Do firewall and proxy let HTTPS (443) pass from the server to the domains of Azure Backup?',
  needs: { engine: () => ({}) },
  pass: { Reachable: 'The server reaches Azure Backup, by its description.', Confirmed: confirmedMessage },
  fail: {
    Blocked: 'The server does not reach Azure Backup, by its description.',
    BlockedByNetwork: 'The networks of VM {vmName}, on which the server runs, are in the way: {findings}',
  },
  remedies: {
    Blocked: { text: 'Let firewall and proxy pass HTTPS (443) to {domains}.', commands: [] },
    BlockedByNetwork: {
      text: 'Let the networks of the VM pass HTTPS (443) to {domains}, or by the service tags AzureBackup, Storage and AzureActiveDirectory.',
      commands: ['az vm show --ids {vmId} --query networkProfile.networkInterfaces'],
    },
  },
  check({ engine }, _context, { vault, host, hostVm }) {
    const domains = allowListText(vault.kind === 'known' ? vault.value.region : '');
    const vm = hostVm.kind === 'known' && hostVm.value !== 'none' ? hostVm.value : undefined;
    if (vm && vm.networkFailures.length > 0) {
      const details = { vmName: vm.name, findings: vm.networkFailures.join(' ') };
      return { kind: 'fail', reason: 'BlockedByNetwork', details, commandDetails: { domains, vmId: vm.vmId } };
    }
    const canReach = host.kind === 'known' ? host.value.canReachAzure : undefined;
    if (canReach === undefined) {
      return cannotTell('not-exposed', `Azure does not show whether ${nameOf(engine)} reaches ${domains} on 443.`);
    }
    return canReach
      ? { kind: 'pass', reason: 'Reachable', details: {} }
      : { kind: 'fail', reason: 'Blocked', details: {}, commandDetails: { domains } };
  },
});
