import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import * as z from 'zod';

import { Estate, EstateResource } from '../../../local/estates/estate.ts';

/** Recorded and documented answers of Azure, kept beside the repository. */
const folder = join(import.meta.dirname, '../../../../shared/fixtures/arm');

const now = '2025-07-24T14:50:00Z';
const subscriptionId = 'ea42f556-5106-4743-99b0-c129bfa71a47';
const tenantId = '7d1f3a52-2c64-4b0e-9f4e-5a1c0d9be301';

const Answer = z.object({ response: z.object({ body: z.looseObject({ value: z.array(z.unknown()).optional() }) }) });

/** The resources of a recorded answer. What happened on the day of a recording happened today, or last night. */
function recorded(file: string): readonly EstateResource[] {
  const text = readFileSync(join(folder, file), 'utf8')
    .replaceAll('2021-05-24T', '2025-07-24T')
    .replaceAll(/"20(18-01-22|17-11-22|17-08-03)T/g, '"2025-07-23T');
  const { body } = Answer.parse(JSON.parse(text)).response;
  return (body.value ?? [body]).map((each) => EstateResource.parse(each));
}

function only(file: string): EstateResource {
  const [resource, ...others] = recorded(file);
  if (!resource || others.length > 0) throw new Error(`${file} is not one resource`);
  return resource;
}

/** In an estate the instance view of a VM stands beside its properties. */
function machine(body: EstateResource): EstateResource {
  const { instanceView, ...properties } = body.properties;
  return EstateResource.parse({ ...body, properties, ...(instanceView ? { instanceView } : {}) });
}

/** The recorded vault in another region, with the recorded policy. */
function vault(name: string, location: string): readonly EstateResource[] {
  const body = only('vaults-list-by-subscription-recorded.json');
  const policy = only('protection-policy-get-enhanced.json');
  const id = body.id.replace(body.name, name);
  return [
    { ...body, id, name, location },
    { ...policy, id: `${id}/backupPolicies/${policy.name}` },
  ];
}

/** A recorded item as the one of another VM, with the job that configured it. */
function protection(
  file: string,
  vm: EstateResource,
  [holder, policy]: readonly EstateResource[],
): readonly EstateResource[] {
  const item = only(file);
  const job = only('backup-job-get.json');
  const container = `iaasvmcontainerv2;${vm.id.split('/')[4]};${vm.name}`.toLowerCase();
  const properties = {
    sourceResourceId: vm.id,
    virtualMachineId: vm.id,
    policyId: policy?.id,
    containerName: container,
  };
  const parent = `${holder?.id}/backupFabrics/Azure/protectionContainers/IaasVMContainer;${container}`;
  return [
    { ...item, id: `${parent}/protectedItems/VM;${container}`, properties: { ...item.properties, ...properties } },
    {
      ...job,
      id: `${holder?.id}/backupJobs/${vm.name}`,
      name: vm.name,
      properties: { ...job.properties, containerName: container, operation: 'ConfigureBackup', status: 'Completed' },
    },
  ];
}

/**
 * An estate of recorded bodies: one VM that is protected, one whose protection was stopped, two without. `undefined`
 * where the recordings are not there.
 */
export function recordedEstate(): Estate | undefined {
  if (!existsSync(folder)) {
    return undefined;
  }
  const machines = [
    only('vm-get-expand-instanceview.json'),
    ...recorded('vm-list-subscription-2024-11-01.json'),
    ...recorded('vm-list-subscription-2020-12-01.json'),
  ].map(machine);
  const nearby = vault('rsv-south', 'southcentralus');
  const central = vault('rsv-central', 'centralus');
  const vmOf = (name: string) => machines.filter((vm) => vm.name === name).slice(0, 1);
  const resources = [
    ...machines,
    ...nearby,
    ...central,
    ...vmOf('cctestvm').flatMap((vm) => protection('protected-item-get.json', vm, nearby)),
    ...vmOf('erinvm').flatMap((vm) => protection('protected-item-stop-ok.json', vm, central)),
    ...[
      'nic-get.json',
      'nic-list-all.json',
      'nsg-list-all.json',
      'route-table-list-all.json',
      'disks-list.json',
      'disks-list-2020-09-30.json',
      'vm-extensions-list.json',
      'locks-list-for-resource-group.json',
    ].flatMap(recorded),
  ];
  const firstById = new Map(resources.toReversed().map((resource) => [resource.id.toLowerCase(), resource]));
  return Estate.parse({
    format: 'backstop-estate/1',
    now,
    tenantId,
    subscriptions: [{ subscriptionId, displayName: 'Recorded', state: 'Enabled' }],
    resources: [...firstById.values()],
  });
}
