import { isWord } from './word.ts';

/** An ARM id in lower case: the only form in which ids are compared. Azure returns the same id in several cases. */
export type ArmId = string & { readonly ArmId: unique symbol };

/** Lower-cases an ARM id; a trailing slash is dropped. */
export function armId(text: string): ArmId {
  const lower = text.toLowerCase();
  return (lower.endsWith('/') ? lower.replace(/\/+$/, '') : lower) as ArmId;
}

/** Where a VM is addressed, as its id says; names keep the case in which they were read. */
export interface VmAddress {
  readonly id: string;
  readonly key: ArmId;
  readonly subscriptionId: string;
  readonly resourceGroup: string;
  readonly name: string;
}

const vmPath =
  /^\/subscriptions\/([^/?#\s]+)\/resourceGroups\/([^/?#]+)\/providers\/Microsoft\.Compute\/virtualMachines\/([^/?#]+)\/?$/i;

/** Reads the ARM id of a VM in any case; `undefined` if it is the id of something else. */
export function parseVmId(text: string): VmAddress | undefined {
  const [, subscriptionId, resourceGroup, name] = vmPath.exec(text) ?? [];
  if (!subscriptionId || !resourceGroup || !name) {
    return undefined;
  }
  return {
    id: text.replace(/\/$/, ''),
    key: armId(text),
    subscriptionId: subscriptionId.toLowerCase(),
    resourceGroup,
    name,
  };
}

const underSubscriptions = '/subscriptions/';

/** Subscription of any ARM id, lower-cased; `undefined` for tenant-level ids and nonsense. */
export function subscriptionOf(id: string): string | undefined {
  if (!isWord(id.slice(0, underSubscriptions.length), underSubscriptions)) {
    return undefined;
  }
  const end = id.indexOf('/', underSubscriptions.length);
  return id.slice(underSubscriptions.length, end === -1 ? id.length : end).toLowerCase() || undefined;
}

/** Resource group of any ARM id in the case in which it was read. */
export function resourceGroupOf(id: string): string | undefined {
  return /^\/subscriptions\/[^/]+\/resourceGroups\/([^/]+)/i.exec(id)?.[1];
}

/** Resource type of an ARM id, lower-cased, for example `microsoft.recoveryservices/vaults`. */
export function resourceTypeOf(id: string): string {
  const afterProvider = armId(id).split('/providers/').at(-1)?.split('/') ?? [];
  const [namespace, ...path] = afterProvider;
  return [namespace, ...path.filter((_, index) => index % 2 === 0)].join('/');
}

/** Azure region as it is compared: lower case, no blanks ("West Europe" is `westeurope`). */
export function region(text: string): string {
  return text.toLowerCase().replaceAll(' ', '');
}
