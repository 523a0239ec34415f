/** A path below `/subscriptions` or above all of them, taken apart; names keep their case, comparing them is up to the reader. */
export interface ArmPath {
  /** Empty for what stands above all subscriptions. */
  readonly subscriptionId: string;
  /** Empty for what stands directly in a subscription. */
  readonly resourceGroup: string;
  /** What the last provider hangs on: a subscription, a resource group, a management group, or a resource (locks and the like). */
  readonly scope: string;
  /** Such as `Microsoft.Compute/virtualMachines/extensions`; empty for a subscription or a resource group. */
  readonly type: string;
  /** One name per part of the type, one fewer for a collection. */
  readonly names: readonly string[];
  /** The path with the last part of a collection's type cut off: whose members are asked for. */
  readonly owner: string;
  readonly isCollection: boolean;
}

const shape =
  /^(?:\/subscriptions\/([^/]+)(?:\/resourceGroups\/([^/]+))?|(?=\/providers\/))(?:((?:\/.*)?)\/providers\/([^/]+)\/(.+))?$/i;

/** Undefined for a path that ARM does not know either. Accepts ids of resources and requests for collections. */
export function parseArmPath(path: string): ArmPath | undefined {
  const match = shape.exec(path);
  if (match === null) return undefined;
  const [, subscriptionId = '', resourceGroup = '', , namespace, rest] = match;
  if (namespace === undefined || rest === undefined) {
    return { subscriptionId, resourceGroup, scope: path, type: '', names: [], owner: path, isCollection: false };
  }
  const segments = rest.split('/');
  const scope = path.slice(0, path.length - `/providers/${namespace}/${rest}`.length);
  return {
    subscriptionId,
    resourceGroup,
    scope,
    type: [namespace, ...segments.filter((_, at) => at % 2 === 0)].join('/'),
    names: segments.filter((_, at) => at % 2 === 1),
    owner: segments.length === 1 ? scope : path.slice(0, path.lastIndexOf('/')),
    isCollection: segments.length % 2 === 1,
  };
}

/** Subscription and resource group of an id, empty where there is none: the quick part of taking an id apart. */
export function containerOf(id: string): { readonly subscriptionId: string; readonly resourceGroup: string } {
  const [, subscriptionId = '', resourceGroup = ''] = container.exec(id) ?? [];
  return { subscriptionId, resourceGroup };
}

const container = /^\/subscriptions\/([^/]+)(?:\/resourceGroups\/([^/]+))?/i;

/** The lower-cased name of the management group that an id stands in; undefined for what stands in none. */
export function managementGroupOf(id: string): string | undefined {
  return managementGroup.exec(id)?.[1]?.toLowerCase();
}

const managementGroup = /^\/providers\/Microsoft\.Management\/managementGroups\/([^/]+)/i;

/** What a lock, an assignment or another resource of Microsoft.Authorization is put on; empty: the whole tenant. */
export function scopeOfExtension(id: string): string {
  const at = id.toLowerCase().lastIndexOf('/providers/microsoft.authorization/');
  return at < 0 ? id : id.slice(0, at);
}

/** The id of the outermost resource that an id stands in: the VM of an extension, the vault of a protected item. */
export function rootResourceOf(id: string): string {
  return /^.*?\/providers\/[^/]+\/[^/]+\/[^/]+/i.exec(id)?.[0] ?? id;
}

/** `Microsoft.Compute/virtualMachines/vm1`: how ARM names a resource in the text of a 404. */
export function typeWithNames({ type, names }: ArmPath): string {
  const [namespace = '', ...parts] = type.split('/');
  return [namespace, ...parts.flatMap((part, at) => [part, names[at] ?? []].flat())].join('/');
}
