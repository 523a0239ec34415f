import { destinations } from './destination.ts';
import type { JudgedNetwork } from './judged-network.ts';
import { partAfter, placeOf } from './resource-place.ts';
import { textAt } from './row.ts';
import { tagOf } from './service-tag.ts';
import type { DecidingRule } from './verdict.ts';

/** What has to be changed at the network manager, with names for the commands that do it. */
export interface AdminRuleOpening {
  readonly reason: 'DeniedByAdminRule' | 'DeniedByFirstAdminRule';
  readonly names: Readonly<Record<string, string>>;
}

/** Rules that always allow come right before the rule that denies, if there are as many numbers before it. */
export function adminRuleOpening({ input, judgement }: JudgedNetwork, rule: DecidingRule): AdminRuleOpening {
  const id = rule.id ?? '';
  const { subscription, resourceGroup } = placeOf(rule);
  const priorities = destinations.map((_, index) => rule.priority - destinations.length + index);
  const numbered = priorities.map((priority, index) => [`adminPriority${index + 1}`, String(priority)]);
  return {
    reason: priorities.every((priority) => priority >= 1) ? 'DeniedByAdminRule' : 'DeniedByFirstAdminRule',
    names: {
      manager: partAfter(id, 'networkManagers'),
      managerSubscription: subscription,
      managerResourceGroup: resourceGroup,
      configuration: partAfter(id, 'securityAdminConfigurations'),
      configurationId: id.split(/\/ruleCollections\//i)[0] || '<id of the configuration>',
      collection: partAfter(id, 'ruleCollections'),
      storageTag: tagOf('Storage', judgement.judgeable.configuration.region),
      region: textAt(input, 'region') ?? '<region>',
      ...Object.fromEntries(numbered),
    },
  };
}
