import { type ArmId, armId, parseVmId } from './ids.ts';

/** What an exemption can be about: one VM, or all VMs of a resource group or a subscription. */
export interface ExemptionScope {
  readonly kind: 'vm' | 'resource-group' | 'subscription';
  /** Lower-cased id: what VMs are looked up by. */
  readonly key: ArmId;
  /** Lower-cased. */
  readonly subscriptionId: string;
}

const guid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const subscriptionPath = new RegExp(`^/subscriptions/(${guid})/?$`, 'i');
const groupPath = new RegExp(`^/subscriptions/(${guid})/resourceGroups/[^/?#]+/?$`, 'i');

/** Reads the ARM id of a VM, a resource group or a subscription in any case; `undefined` if it is the id of something else. */
export function parseExemptionScope(text: string): ExemptionScope | undefined {
  const vm = parseVmId(text);
  if (vm) {
    return { kind: 'vm', key: vm.key, subscriptionId: vm.subscriptionId };
  }
  const [, ofGroup] = groupPath.exec(text) ?? [];
  const [, own] = subscriptionPath.exec(text) ?? [];
  const subscriptionId = (ofGroup ?? own)?.toLowerCase();
  return subscriptionId
    ? { kind: ofGroup ? 'resource-group' : 'subscription', key: armId(text), subscriptionId }
    : undefined;
}

/** The scopes that contain a VM: itself, its resource group, its subscription. */
export function scopesOf(vm: { readonly key: ArmId }): readonly ArmId[] {
  const [group = ''] = vm.key.split('/providers/');
  const [subscription = ''] = group.split('/resourcegroups/');
  return [vm.key, armId(group), armId(subscription)];
}
