import * as z from 'zod';

import type { Access } from './access.ts';
import { ArmError } from './arm-error.ts';
import type { Route } from './route.ts';
import type { Tenant } from './tenant.ts';

const Question = z.looseObject({
  type: z.string().regex(/^Microsoft\.RecoveryServices\/vaults$/i),
  name: z.string(),
});

/** Two to fifty letters, digits and hyphens, a letter first: the documented form of a vault's name. */
const vaultName = /^[A-Za-z][A-Za-z0-9-]{1,49}$/;

/**
 * Whether a new vault may have a name: not if a vault of the subscription has it. The reasons are unconfirmed; so is that
 * a name stays taken for a day after its vault is deleted, which is not simulated.
 */
export function vaultNameRoutes(tenant: Tenant, access: Access): readonly Route[] {
  return [
    {
      method: 'POST',
      path: /^(?<group>(?<subscription>\/subscriptions\/[^/]+)\/resourceGroups\/[^/]+)\/providers\/Microsoft\.RecoveryServices\/locations\/[^/]+\/checkNameAvailability$/i,
      answer: (request, part) => {
        access.require('Microsoft.RecoveryServices/locations/checkNameAvailability/action', part('group'));
        const asked = Question.safeParse(request.body);
        if (!asked.success) throw new ArmError(400, 'InvalidRequestContent', z.prettifyError(asked.error));
        const vaults = tenant.resourcesIn(part('subscription'), 'Microsoft.RecoveryServices/vaults');
        const taken = vaults.map(({ name }) => name.toLowerCase());
        return { status: 200, body: availabilityOf(asked.data.name, taken) };
      },
    },
  ];
}

function availabilityOf(name: string, taken: readonly string[]): unknown {
  if (!vaultName.test(name)) {
    return { nameAvailable: false, reason: 'Invalid', message: `The vault name '${name}' is not valid.` };
  }
  if (taken.includes(name.toLowerCase())) {
    return { nameAvailable: false, reason: 'AlreadyExists', message: `The vault name '${name}' is already in use.` };
  }
  return { nameAvailable: true };
}
