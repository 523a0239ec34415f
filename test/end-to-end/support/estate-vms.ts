import type { Estate } from '../../../local/estates/estate.ts';

/** ARM ids of the VMs of an estate in lower case, sorted: what has to appear in the results, each exactly once. */
export function vmIdsOf({ resources }: Pick<Estate, 'resources'>): readonly string[] {
  return resources
    .filter(({ type }) => type.toLowerCase() === 'microsoft.compute/virtualmachines')
    .map(({ id }) => id.toLowerCase())
    .toSorted();
}
