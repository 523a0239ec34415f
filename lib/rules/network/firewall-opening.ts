import { formatCidr } from './cidr.ts';
import type { JudgedNetwork } from './judged-network.ts';
import { nameOf } from './reference.ts';
import { placeOf } from './resource-place.ts';
import { at, listAt, textAt, wordAt } from './row.ts';
import { readSubnet } from './subnet.ts';

/** Names for the command that lets Azure Backup through; only `source` if no collection could take the rule. */
export interface FirewallOpening {
  readonly [name: string]: string;
  readonly source: string;
}

/** Looks in the policy of a firewall for a collection of application rules that allow. */
export function firewallOpening({ input, rows, judgement }: JudgedNetwork, name: string): FirewallOpening {
  const prefix = readSubnet(rows.subnet, judgement.judgeable.configuration.region)?.prefixes[0];
  const source = prefix ? formatCidr(prefix) : '<prefix of the subnet>';
  const firewall = listOf(input.azureFirewalls).find((row) => nameOf(row) === name);
  const policy = at(firewall, 'properties', 'firewallPolicy');
  const policyId = textAt(policy, 'id')?.toLowerCase();
  for (const group of listOf(input.firewallRuleCollectionGroups)) {
    const isOfPolicy = wordAt(group, 'id')?.startsWith(`${policyId}/rulecollectiongroups/`);
    const collection = isOfPolicy ? textAt(applicationRules(group), 'name') : undefined;
    if (collection) {
      const { subscription, resourceGroup, name: firewallPolicy } = placeOf(policy);
      return {
        source,
        policySubscription: subscription,
        policyResourceGroup: resourceGroup,
        firewallPolicy,
        group: nameOf(group) ?? '',
        collection,
      };
    }
  }
  return { source };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The first collection of a group that allows and has application rules: one collection holds rules of one kind. */
function applicationRules(group: unknown): unknown {
  return (listAt(group, 'properties', 'ruleCollections') ?? []).find(
    (collection) =>
      wordAt(collection, 'action', 'type') === 'allow' &&
      (listAt(collection, 'rules') ?? []).some((rule) => wordAt(rule, 'ruleType') === 'applicationrule'),
  );
}
