import { networkNeed } from '../domain/network-need.ts';
import { defineRule } from '../domain/rule.ts';
import { adminRuleOpening } from './network/admin-rule-opening.ts';
import { denialText } from './network/denial-text.ts';
import { doubtAbout } from './network/doubt.ts';
import { pathNames } from './network/evidence-names.ts';
import { judgedNetwork } from './network/judged-network.ts';
import { nsgOpening } from './network/nsg-opening.ts';

/** One rule for each destination; none of them opens more than its service tag. */
function allowCommands(nsg: string): readonly string[] {
  const group = `--subscription {${nsg}Subscription} -g {${nsg}ResourceGroup} --nsg-name {${nsg}}`;
  const traffic = '--direction Outbound --access Allow --protocol Tcp --source-address-prefixes VirtualNetwork';
  const rule = (name: string, tag: string, number: number) =>
    `az network nsg rule create ${group} -n Allow-${name}-443 --priority {${nsg}Priority${number}} ${traffic} --destination-address-prefixes ${tag} --destination-port-ranges 443`;
  return [
    rule('AzureBackup', 'AzureBackup', 1),
    rule('Storage', '{storageTag}', 2),
    rule('AzureActiveDirectory', 'AzureActiveDirectory', 3),
  ];
}

const manager = '--subscription {managerSubscription} -g {managerResourceGroup} --network-manager-name {manager}';

/** Needs the extension `virtual-network-manager` of the CLI; the exact flags are unconfirmed. */
function alwaysAllow(name: string, tag: string, number: number): string {
  return `az network manager security-admin-config rule-collection rule create ${manager} --configuration-name {configuration} --rule-collection-name {collection} --rule-name Allow-${name}-443 --kind Custom --access AlwaysAllow --direction Outbound --protocol Tcp --dests address-prefix=${tag} address-prefix-type=ServiceTag --dest-port-ranges 443 --priority {adminPriority${number}}`;
}

export const networkNsgOutbound = defineRule({
  id: 'network-nsg-outbound',
  title: 'NSGs and security admin rules let backup traffic out, or the backup does not need it',
  category: 'network',
  severity: 'info',
  rationale:
    'Plain VM backup needs no way out. TCP 443 to AzureBackup, Storage and AzureActiveDirectory is needed (a warning) by VMs (a) with workload backup or MARS, (b) with Write Accelerator disks, (c) with an agent below the supported minimum, (d) whose last backup failed for want of a network. Both NSGs must allow it.',
  sources: [
    'Back up Azure VMs in a Recovery Services vault, 2026-03-25 (not required)',
    'Support matrix for Azure VM backups, 2026-03-26 (Write Accelerator)',
    'Network include of the workload backup pages, 2021 (service tags, 443)',
    'Troubleshoot failures caused by agent or extension issues, 2025-11-12',
  ],
  reviewed: '2026-11-21',
  needs: { network: pathNames },
  pass: {
    Allowed: 'NSGs and security admin rules let TCP 443 out to Azure Backup, Storage and Entra ID.',
    NotNeeded: '{says} Plain VM backup does not need it.',
  },
  fail: {
    DeniedByNsg: '{says} The VM needs it because {why}.',
    DeniedByBothNsgs: '{says} The VM needs it because {why}.',
    NoPriorityFree: '{says} The VM needs it because {why}.',
    DeniedByAdminRule: '{says} The VM needs it because {why}.',
    DeniedByFirstAdminRule: '{says} The VM needs it because {why}.',
  },
  remedies: {
    DeniedByNsg: {
      text: 'Add a rule for each service tag to NSG {nsg}, before the one that denies.',
      commands: allowCommands('nsg'),
    },
    DeniedByBothNsgs: {
      text: 'Add a rule for each service tag to NSG {nsg} and NSG {secondNsg}, before the one that denies: one alone leaves the other.',
      commands: [...allowCommands('nsg'), ...allowCommands('secondNsg')],
    },
    NoPriorityFree: {
      text: 'Renumber the rules of NSG {crowded}, so that three priorities before the one that denies are free; then allow TCP 443 to AzureBackup, {storageTag} and AzureActiveDirectory there.',
      commands: [],
    },
    DeniedByAdminRule: {
      text: 'Changes of NSGs cannot help. Ask the owner of network manager {manager} for AlwaysAllow rules before the one that denies (the flags of these commands are unconfirmed).',
      commands: [
        alwaysAllow('AzureBackup', 'AzureBackup', 1),
        alwaysAllow('Storage', '{storageTag}', 2),
        alwaysAllow('AzureActiveDirectory', 'AzureActiveDirectory', 3),
        `az network manager post-commit ${manager} --commit-type SecurityAdmin --configuration-ids {configurationId} --target-locations {region}`,
      ],
    },
    DeniedByFirstAdminRule: {
      text: 'Changes of NSGs cannot help, and there is no room before the rule. Ask the owner of network manager {manager} to renumber it, then for AlwaysAllow rules for AzureBackup, {storageTag} and AzureActiveDirectory on TCP 443 before it.',
      commands: [],
    },
  },
  check({ network }, { settings }, sheet) {
    const judged = judgedNetwork(network);
    const { access } = judged.judgement;
    if (access.kind === 'open') {
      return { kind: 'pass', reason: 'Allowed', details: {} };
    }
    const need = networkNeed(sheet, settings);
    if (access.kind === 'unknown') {
      const doubt = doubtAbout(judged, access.first);
      return need.kind === 'not-needed'
        ? { kind: 'pass', reason: 'NotNeeded', details: { says: doubt.detail } }
        : { kind: 'unknown', because: doubt };
    }
    const says = `${denialText(judged, access.all)}.`;
    switch (need.kind) {
      case 'not-needed':
        return { kind: 'pass', reason: 'NotNeeded', details: { says } };
      case 'unknown':
        return need;
      case 'needed': {
        const details = { says, why: need.why };
        const byAdmin = access.all.find(({ path }) => path.decidingRule?.layer === 'adminRules')?.path.decidingRule;
        const opening = byAdmin ? adminRuleOpening(judged, byAdmin) : nsgOpening(judged);
        return { kind: 'fail', severity: 'warning', reason: opening.reason, details, commandDetails: opening.names };
      }
      default: {
        const never: never = need;
        return never;
      }
    }
  },
});
