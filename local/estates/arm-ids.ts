import type { Random } from './random.ts';

/** The ARM id of a resource in a resource group; `type` is written like `Microsoft.Compute/disks`. */
export function armId(subscriptionId: string, group: string, type: string, name: string): string {
  return `/subscriptions/${subscriptionId}/resourceGroups/${group}/providers/${type}/${name}`;
}

/**
 * The same id as another Azure service might write it. ARM compares ids without case, and services differ in how they
 * write `resourceGroups`, the name of the group and the provider: three in ten ids come out differently.
 */
export function caseNoise(id: string, random: Random): string {
  switch (random.int(10)) {
    case 0:
      return id.replace('/resourceGroups/', '/resourcegroups/');
    case 1:
      return withUpperCaseGroup(id);
    case 2:
      return id.replace(/\/providers\/[^/]+/, (provider) => provider.toLowerCase());
    default:
      return id;
  }
}

/** The id with its resource group in capitals, as the compute service writes the ids of disks. */
export function withUpperCaseGroup(id: string): string {
  return id.replace(/(?<=\/resourceGroups\/)[^/]+/i, (group) => group.toUpperCase());
}
