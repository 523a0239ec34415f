import { networkNeed } from '../domain/network-need.ts';
import { defineRule, notApplicable } from '../domain/rule.ts';
import { pathNames } from './network/evidence-names.ts';
import { firewallOpening } from './network/firewall-opening.ts';
import { judgedNetwork } from './network/judged-network.ts';

export const networkAzureFirewallTag = defineRule({
  id: 'network-azure-firewall-tag',
  title: 'The Azure Firewall on the default route allows Azure Backup, or the backup does not need it',
  category: 'network',
  severity: 'info',
  rationale:
    'Where the default route leads to an Azure Firewall, the documented way is an application rule with the FQDN tag AzureBackup (https, no TLS inspection), or network rules for the three service tags. FQDN tags cannot be edited. A warning for VMs whose backup needs the network. Port 8443 of 2019 is obsolete (unconfirmed).',
  sources: [
    'Guidance of 2019 on Azure Firewall (FQDN tag)',
    'Private endpoints for Azure Backup, 2025-09 (service tags)',
  ],
  reviewed: '2026-11-21',
  needs: { network: pathNames },
  pass: {
    Allowed: 'Azure Firewall {firewall} allows Azure Backup.',
    NotNeeded: '{says} Plain VM backup does not need it.',
  },
  fail: {
    NotAllowed: 'Azure Firewall {firewall} has no rule for AzureBackup. The VM needs one because {why}.',
    NoCollection: 'Azure Firewall {firewall} has no rule for AzureBackup. The VM needs one because {why}.',
  },
  remedies: {
    NotAllowed: {
      text: 'Add an application rule with FQDN tag AzureBackup to collection {collection} (extension azure-firewall of the CLI).',
      commands: [
        'az network firewall policy rule-collection-group collection rule add --subscription {policySubscription} -g {policyResourceGroup} --policy-name {firewallPolicy} --rule-collection-group-name {group} --collection-name {collection} --name AllowAzureBackup --rule-type ApplicationRule --source-addresses {source} --protocols Https=443 --fqdn-tags AzureBackup',
      ],
    },
    NoCollection: {
      text: 'Add a collection with an application rule: FQDN tag AzureBackup, protocol https on port 443, source {source}, action Allow.',
      commands: [],
    },
  },
  check({ network }, { settings }, sheet) {
    const judged = judgedNetwork(network);
    const { firewall: standing } = judged.judgement;
    if (standing.kind === 'none') {
      return notApplicable('The default route of the subnet leads to no appliance.');
    }
    if (standing.kind === 'allows') {
      return { kind: 'pass', reason: 'Allowed', details: { firewall: standing.firewall } };
    }
    const need = networkNeed(sheet, settings);
    if (need.kind === 'not-needed') {
      const says =
        standing.kind === 'closed'
          ? `Azure Firewall ${standing.firewall} has no rule for AzureBackup.`
          : standing.because.detail;
      return { kind: 'pass', reason: 'NotNeeded', details: { says } };
    }
    if (standing.kind === 'unknown') {
      return standing;
    }
    if (need.kind === 'unknown') {
      return need;
    }
    const opening = firewallOpening(judged, standing.firewall);
    return {
      kind: 'fail',
      severity: 'warning',
      reason: opening['group'] ? 'NotAllowed' : 'NoCollection',
      details: { firewall: standing.firewall, why: need.why },
      commandDetails: opening,
    };
  },
});
