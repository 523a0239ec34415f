import { type Advice, type AdviceContext, inWords, ownTag } from './advice.ts';
import { azCommand, idPart } from './az-command.ts';
import { backupPort } from './destination.ts';
import type { DecidingRule } from './verdict.ts';

/**
 * A rule of the network manager that comes before the one that denies. Needs the `virtual-network-manager` extension of
 * the CLI; the exact flags are unconfirmed.
 */
export function adminRuleAdvice(rule: DecidingRule, context: AdviceContext): Advice {
  const id = rule.id ?? '';
  const manager = idPart(id, 'networkManagers');
  const configuration = idPart(id, 'securityAdminConfigurations');
  const { region } = context.judgeable.configuration;
  const message = `Security admin rule ${rule.name} (priority ${rule.priority}) of network manager ${manager} denies TCP ${backupPort} to ${context.destination} or part of it; changes of NSGs cannot help.`;
  const priority = rule.priority - 1 - context.rulesProposed;
  if (priority < 1 || !manager || !configuration || !region) {
    return inWords(`${message} Ask its owner for an AlwaysAllow rule before it.`);
  }
  const scope = { '--network-manager-name': manager };
  return {
    message: `${message} An AlwaysAllow rule before it can (flags of these commands unconfirmed).`,
    commands: [
      azCommand('network manager security-admin-config rule-collection rule create', id, {
        ...scope,
        '--configuration-name': configuration,
        '--rule-collection-name': idPart(id, 'ruleCollections'),
        '--rule-name': `Allow-${context.destination}-${backupPort}`,
        '--kind': 'Custom',
        '--access': 'AlwaysAllow',
        '--direction': 'Outbound',
        '--protocol': 'Tcp',
        '--dests': [`address-prefix=${ownTag(context)}`, 'address-prefix-type=ServiceTag'],
        '--dest-port-ranges': String(backupPort),
        '--priority': String(priority),
      }),
      azCommand('network manager post-commit', id, {
        ...scope,
        '--commit-type': 'SecurityAdmin',
        '--configuration-ids': id.split(/\/ruleCollections\//i)[0] ?? id,
        '--target-locations': region,
      }),
    ],
  };
}
