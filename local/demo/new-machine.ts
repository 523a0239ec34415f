import { randomUUID } from 'node:crypto';

import type { Estate, EstateResource } from '../estates/estate.ts';

/** A VM to create: its id and the body of the PUT. */
export interface NewMachine {
  readonly id: string;
  readonly name: string;
  readonly body: object;
}

const vmType = 'microsoft.compute/virtualmachines';

/** VMs of the estate that nobody has exempted and no platform owns: what a new one may be modelled on. */
function models({ resources }: Estate): readonly EstateResource[] {
  return resources.filter(
    ({ id, type, tags }) =>
      type.toLowerCase() === vmType &&
      !/\/resourcegroups\/(mc_|databricks)/i.test(id) &&
      !('backstop-exclude' in (tags ?? {})),
  );
}

/** A new VM like the n-th of the estate, under a name of its own, created at `now`. */
export function newMachine(estate: Estate, number: number, now: Date): NewMachine {
  const candidates = models(estate);
  const model = candidates[number % Math.max(candidates.length, 1)];
  if (!model) {
    throw new Error('The estate has no VM that a new one could be modelled on.');
  }
  const name = `vm-new-${String(number + 1).padStart(3, '0')}`;
  const { location, tags, properties } = structuredClone(model);
  const born = { vmId: randomUUID(), timeCreated: now.toISOString(), provisioningState: 'Succeeded' };
  return {
    id: model.id.replace(/[^/]+$/, name),
    name,
    body: { location, tags: tags ?? {}, properties: { ...properties, ...born } },
  };
}
