import * as z from 'zod';

import type { Access } from './access.ts';
import { ArmError } from './arm-error.ts';
import { backupNamesOf, type ItemsByVm } from './backup-status.ts';
import type { Route } from './route.ts';
import type { Tenant } from './tenant.ts';

const Question = z.looseObject({
  resourceType: z.string().regex(/^VM$/i),
  resourceId: z.string().startsWith('/subscriptions/'),
  vaultId: z.string().optional(),
});

/**
 * Azure Backup's own check of a VM before it is protected: a refusal travels as a 200 with status `Failed`. Only a VM that
 * is protected already fails; what Azure says of ephemeral disks or Confidential VMs is not known, so nothing is made up.
 */
export function backupValidationRoutes(tenant: Tenant, access: Access, items: ItemsByVm): readonly Route[] {
  return [
    {
      method: 'POST',
      path: /^(?<scope>\/subscriptions\/[^/]+)\/providers\/Microsoft\.RecoveryServices\/locations\/[^/]+\/backupPreValidateProtection$/i,
      answer: (request, part) => {
        access.require('Microsoft.RecoveryServices/locations/backupPreValidateProtection/action', part('scope'));
        const asked = Question.safeParse(request.body);
        if (!asked.success) throw new ArmError(400, 'BMSUserErrorInvalidInput', z.prettifyError(asked.error));
        const { resourceId } = asked.data;
        if (tenant.resource(resourceId) === undefined) {
          throw new ArmError(404, 'ResourceNotFound', `The Resource '${resourceId}' was not found.`);
        }
        const outcome = items.itemOf(resourceId) === undefined ? succeeded : alreadyProtected;
        return { status: 200, body: { ...outcome, ...backupNamesOf(resourceId) } };
      },
    },
  ];
}

const succeeded = { status: 'Succeeded', errorCode: '', errorMessage: '', recommendation: '' };

/** The documented answer. */
const alreadyProtected = {
  status: 'Failed',
  errorCode: 'VirtualMachineAlreadyProtected',
  errorMessage: 'Virtual machine with same name and same resource group is already protected.',
  recommendation: 'Please do not enable protection again.',
};
