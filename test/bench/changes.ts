import { createAzureWriter } from '../../local/demo/azure-writer.ts';
import type { Estate, EstateResource } from '../../local/estates/estate.ts';
import type { Neighbourhood } from '../../local/neighbourhood.ts';

const vmType = 'microsoft.compute/virtualmachines';
const exempting = { 'backstop-exclude': 'true', 'backstop-exclude-until': '2099-12-31' };

/** VMs that nobody has exempted and no platform owns. */
export function ownVms({ resources }: Estate): readonly EstateResource[] {
  return resources.filter(
    ({ id, type, tags }) =>
      type.toLowerCase() === vmType &&
      !/\/resourcegroups\/(mc_|databricks)/i.test(id) &&
      !('backstop-exclude' in (tags ?? {})),
  );
}

/** Some of a list, spread over all of it. */
function spread<T>(items: readonly T[], count: number): readonly T[] {
  const step = items.length / count;
  return Array.from(
    { length: Math.min(count, items.length) },
    (_, at) => items[Math.floor(at * Math.max(step, 1))],
  ).filter((item) => item !== undefined);
}

const attempts = 60;

/** ARM grants 200 writes at once and 10 a second in a subscription: what it refuses is written again a little later. */
async function patient(write: () => Promise<void>): Promise<void> {
  for (let attempt = 1; attempt < attempts; attempt += 1) {
    try {
      return await write();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  }
  return write();
}

/** Exempts VMs all over an estate by a tag: their verdicts change. */
export async function exempt(neighbourhood: Neighbourhood, estate: Estate, count: number): Promise<void> {
  const { azure, certificate } = neighbourhood;
  const writer = createAzureWriter(azure.armUrl, certificate);
  for (const { id, tags } of spread(ownVms(estate), count)) {
    await patient(() => writer.patch(id, { tags: { ...tags, ...exempting } }));
  }
}
