import { type Fact, known, unknown } from '../domain/fact.ts';
import type { FactSheet } from '../domain/fact-sheet.ts';
import { armId } from '../domain/ids.ts';
import type { Machine } from '../domain/machine.ts';
import { byPlace } from './by-place.ts';
import type { Containers } from './ports.ts';
import type { SubscriptionFacts } from './subscription-facts.ts';

const groupRead = 'Microsoft.Resources/subscriptions/resourceGroups/read';
const notShown = unknown('partial-inventory', 'Azure does not show the resource group or the subscription of the VM.');

/**
 * Says the tags that one VM after the other inherits; the VMs of a resource group share them. A VM has a group and a
 * subscription: where one is not shown, what its tags are is not known.
 */
export function inheritedTags(
  containers: Fact<Containers>,
  refusalOf: SubscriptionFacts['refusalOf'],
): (vm: Machine) => FactSheet['inheritedTags'] {
  if (containers.kind === 'unknown') {
    return () => containers;
  }
  const { value, source } = containers;
  const ofGroup = byPlace((subscriptionId, resourceGroup): FactSheet['inheritedTags'] => {
    const subscription = armId(`/subscriptions/${subscriptionId}`);
    const group = value.tags.get(armId(`${subscription}/resourcegroups/${resourceGroup}`));
    const own = value.tags.get(subscription);
    const refused = refusalOf(groupRead, subscriptionId);
    const unread: FactSheet['inheritedTags'] = refused ? { kind: 'unknown', because: refused } : notShown;
    return group && own ? known([group, own], source) : unread;
  });
  return ({ subscriptionId, resourceGroup }) => ofGroup(subscriptionId, resourceGroup);
}
