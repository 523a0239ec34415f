import { type Access, judgeAccess } from './access.ts';
import { adminRuleAdvice } from './admin-rule-advice.ts';
import { type Advice, type AdviceContext, ownTag } from './advice.ts';
import { azCommand, idPart } from './az-command.ts';
import { formatCidr } from './cidr.ts';
import { backupPort } from './destination.ts';
import type { Layer } from './layer.ts';
import { freePriorities } from './nsg.ts';
import { targetOf } from './paths.ts';
import { textAt } from './row.ts';
import { privateTarget, type Target } from './target.ts';
import type { DecidingRule } from './verdict.ts';

const none: Layer = { kind: 'none' };

/**
 * Opens a path that a rule closes or may close. If both groups do, both commands are given: one alone leaves the other.
 * A rule that allows the whole Internet is never proposed.
 */
export function ruleAdvice(rule: DecidingRule, isCertain: boolean, context: AdviceContext): Advice {
  if (rule.layer === 'adminRules') {
    return adminRuleAdvice(rule, context);
  }
  const { nic, subnet } = context.judgeable.configuration.layers;
  const { target, prefixes } = destinationOf(context);
  const commands = [
    commandFor(judgeAccess({ admin: none, nic, subnet: none }, target), context.rows.nicNsg, prefixes, context),
    commandFor(judgeAccess({ admin: none, nic: none, subnet }, target), context.rows.subnetNsg, prefixes, context),
  ].filter((command) => command !== undefined);
  const message = sentence(rule, isCertain, context);
  return commands.length > 0
    ? { message, commands }
    : { message: `${message} No priority before it is free: renumber the rules first.`, commands };
}

function sentence(rule: DecidingRule, isCertain: boolean, { destination }: AdviceContext): string {
  const group = `NSG ${rule.nsg} (${rule.layer === 'nicNsg' ? 'NIC' : 'subnet'})`;
  if (!isCertain) {
    return `${group} rule ${rule.name} (priority ${rule.priority}) may deny part of ${destination}; which address the service will use cannot be told.`;
  }
  return rule.default
    ? `${group} has no rule that allows TCP ${backupPort} to ${destination}; ${rule.name} (priority ${rule.priority}) denies it.`
    : `${group} rule ${rule.name} (priority ${rule.priority}) denies TCP ${backupPort} to ${destination}.`;
}

/** A private endpoint takes the place of the public addresses of Azure Backup. */
function destinationOf(context: AdviceContext): { target: Target; prefixes: readonly string[] } {
  const { judgeable, destination } = context;
  const { vault } = judgeable.configuration;
  if (destination === 'AzureBackup' && vault.kind === 'endpoint') {
    return { target: privateTarget(vault.addresses), prefixes: vault.addresses.map(formatCidr) };
  }
  return { target: targetOf(judgeable, destination), prefixes: [ownTag(context)] };
}

function commandFor(
  access: Access,
  nsg: unknown,
  prefixes: readonly string[],
  { destination, rulesProposed }: AdviceContext,
): string | undefined {
  const id = textAt(nsg, 'id');
  const priority =
    access.verdict === 'open' ? undefined : freePriorities(nsg, access.decidingRule?.priority ?? 0)[rulesProposed];
  if (!id || priority === undefined) {
    return undefined;
  }
  return azCommand('network nsg rule create', id, {
    '--nsg-name': idPart(id, 'networkSecurityGroups'),
    '-n': `Allow-${destination}-${backupPort}`,
    '--priority': String(priority),
    '--direction': 'Outbound',
    '--access': 'Allow',
    '--protocol': 'Tcp',
    '--source-address-prefixes': 'VirtualNetwork',
    '--source-port-ranges': '*',
    '--destination-address-prefixes': prefixes,
    '--destination-port-ranges': String(backupPort),
  });
}
