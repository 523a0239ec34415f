import { parseArmPath } from '../../local/azure/arm-path.ts';
import type { RecordedRequest } from '../../local/azure/front-door.ts';

/** Who is asked for how much: Resource Graph, ARM for many VMs at once, or ARM for a single VM. */
type Group = 'resourceGraph' | 'bulkArm' | 'singleVm';

/** How many requests there were, those that were refused for their number included. */
export interface RequestCounts {
  readonly resourceGraph: number;
  readonly bulkArm: number;
  readonly singleVm: number;
  /** Of the requests to Resource Graph, those that its quota refused. */
  readonly resourceGraphRefused: number;
  /** Of all others, those that ARM or Compute refused for their number. */
  readonly armRefused: number;
  /** By group and kind of query or path, most first. */
  readonly byKind: Readonly<Record<string, number>>;
}

const singleVmPath = /\/providers\/Microsoft\.Compute\/(virtualMachines|restorePointCollections)\/[^/]/i;

function isResourceGraph(path: string): boolean {
  return path.toLowerCase() === '/providers/microsoft.resourcegraph/resources';
}

function groupOf({ path }: RecordedRequest): Group {
  if (isResourceGraph(path)) {
    return 'resourceGraph';
  }
  return singleVmPath.test(path) ? 'singleVm' : 'bulkArm';
}

function queryOf(body: unknown): string {
  return typeof body === 'object' && body !== null && 'query' in body ? String(body.query) : '';
}

/** Table and types of a query, and whether it counts: what a reader knows it by. */
function queryKind(query: string): string {
  const [, table = ''] = /([a-z]+)\s*(?:\||$)/i.exec(query) ?? [];
  const [, one, many] = /\btype\s*(?:=~|==)\s*'([^']+)'|\btype\s+in~?\s*\(([^)]*)\)/i.exec(query) ?? [];
  const types = (one ?? many ?? '').split(',').map((type) => type.trim().replaceAll("'", ''));
  const named = types.length > 2 ? `${types.length} types` : types.join(', ');
  return `${table} ${named}${/\bsummarize\b/i.test(query) ? ' (summarized)' : ''}`.trim();
}

function pathKind(path: string): string {
  const parsed = parseArmPath(path);
  if (!parsed || parsed.type === '') {
    return path.replaceAll(/(?<=\/(?:subscriptions|resourceGroups)\/)[^/]+/gi, '*');
  }
  return `${parsed.type}${parsed.isCollection ? ' (list)' : ''}`;
}

function kindOf(request: RecordedRequest): string {
  const { method, path, body } = request;
  const group = groupOf(request);
  return `${group}: ${group === 'resourceGraph' ? queryKind(queryOf(body)) : `${method} ${pathKind(path)}`}`;
}

/** Sorts the requests of the service; what a benchmark writes itself is left out. */
export function countRequests(all: readonly RecordedRequest[]): RequestCounts {
  const requests = all.filter(({ method }) => method === 'GET' || method === 'POST');
  const groups = Map.groupBy(requests, groupOf);
  const countOf = (group: Group) => groups.get(group)?.length ?? 0;
  const refused = Map.groupBy(
    requests.filter(({ status }) => status === 429),
    ({ path }) => isResourceGraph(path),
  );
  const kinds = [...Map.groupBy(requests, kindOf)].map(([kind, members]) => [kind, members.length] as const);
  return {
    resourceGraph: countOf('resourceGraph'),
    bulkArm: countOf('bulkArm'),
    singleVm: countOf('singleVm'),
    resourceGraphRefused: refused.get(true)?.length ?? 0,
    armRefused: refused.get(false)?.length ?? 0,
    byKind: Object.fromEntries(kinds.toSorted(([, a], [, b]) => b - a)),
  };
}
