import { EngagementDocument } from '../../lib/engagement-schema.ts';
import { createProtector } from '../../lib/protector.ts';
import type { ProtectorPorts } from '../../lib/use-cases/protector-ports.ts';
import { workOnProtection } from '../../lib/use-cases/work-on-protection.ts';
import { workOnEvaluation } from '../../lib/use-cases/work-queue.ts';
import type { SimulatedAzureOptions } from '../../local/azure/simulated-azure.ts';
import type { EstateResource } from '../../local/estates/estate.ts';
import { testEstate, vaultWithPolicy, vm, vmId } from '../contract/test-estate.ts';
import { recording, type Sent } from './recording.ts';
import type { serviceOfFile } from './service-of-file.ts';

/** A daily policy that says how long it keeps its points, as real ones do. */
export function wholePolicy(resource: EstateResource): EstateResource {
  const retentionPolicy = {
    retentionPolicyType: 'LongTermRetentionPolicy',
    dailySchedule: { retentionDuration: { count: 30, durationType: 'Days' } },
  };
  return /\/backupPolicies\//.test(resource.id)
    ? {
        ...resource,
        properties: {
          ...resource.properties,
          retentionPolicy,
          protectedItemsCount: 0,
          instantRpRetentionRangeInDays: 7,
        },
      }
    : resource;
}

/** A vault with everything in order and its policy. */
export function goodVault(id?: string): readonly EstateResource[] {
  return vaultWithPolicy(id).map((resource) =>
    wholePolicy(
      /\/vaults\/[^/]+$/.test(resource.id)
        ? {
            ...resource,
            properties: {
              ...resource.properties,
              redundancySettings: { standardTierStorageRedundancy: 'GeoRedundant', crossRegionRestore: 'Disabled' },
            },
          }
        : resource,
    ),
  );
}

export interface Wanted {
  readonly resources?: readonly EstateResource[];
  /** The one scope, which covers the subscription and is on. */
  readonly scope?: object;
  readonly caps?: object;
  readonly stop?: boolean;
  readonly simulated?: Partial<SimulatedAzureOptions>;
}

/** Both apps on an estate with one VM, `web1`, that nobody protects; their messages are delivered by the test. */
export async function protectedService(
  { started }: Awaited<ReturnType<typeof serviceOfFile>>,
  { resources = [vm('web1'), ...goodVault()], scope = {}, caps = {}, stop = false, simulated = {} }: Wanted = {},
) {
  const own = await started(testEstate({ resources: [...resources] }), {
    lagClock: 'estate',
    backupOperationMs: 90_000,
    backupRetryAfterSeconds: 60,
    ...simulated,
  });
  const scopes = [{ name: 'all', subscription: own.subscriptionId, mode: 'on', ...scope }];
  // The tests of a file share a storage, and so what was counted in an hour.
  const engagement = EngagementDocument.parse({ scopes, stop, caps: { perHour: 100_000, ...caps } });
  const judgement = { ...own.judgement, engagement };
  const { ports, sent, lines } = recording(own.ports);
  const { protections } = own;
  const made = createProtector({ config: { ...own.config, app: 'protector' }, ports, protections });
  const id = (name: string) => vmId(name, own.subscriptionId);

  /** Judges a VM as an event does. */
  async function judge(name = 'web1'): Promise<void> {
    const changedAt = own.clock.now().toISOString();
    own.clock.pass(1 / 60);
    await workOnEvaluation(ports, judgement, { vmId: id(name), change: 'written', changedAt, eventId: 'e' });
  }

  /** Delivers what waits in `protect-vm`, an hour long at most, each message when it is due. */
  async function deliver(protector: ProtectorPorts = made, rules = engagement): Promise<void> {
    for (let turn = 0; turn < 60; turn += 1) {
      const due = sent.splice(0).filter(({ queue }) => queue === 'protect-vm');
      if (due.length === 0) {
        return;
      }
      own.clock.pass(Math.max(...due.map(({ seconds = 0 }) => seconds)) / 60);
      for (const { message } of due) {
        await workOnProtection(protector, rules, message).catch((error: Error) => {
          // The host delivers a message again whose process was killed.
          if (error.name !== 'Killed') throw error;
          sent.push({ queue: 'protect-vm', message });
        });
      }
    }
  }

  const attempts = async (name = 'web1') => {
    const row = await ports.evaluations.page({ subscription: own.subscriptionId, q: name }, 1);
    return (await protections.of(row.rows[0]?.vmKey ?? '')).map(({ value }) => value);
  };
  const row = async (name = 'web1') =>
    (await ports.evaluations.page({ subscription: own.subscriptionId, q: name }, 1)).rows[0];
  /** Requests to Azure that change something; those that only ask travel as POST. */
  const writes = () => own.azure.requests.filter(({ method }) => ['PUT', 'PATCH', 'DELETE'].includes(method));

  return {
    ...own,
    ports,
    sent,
    lines,
    protector: made,
    engagement,
    judgement,
    id,
    judge,
    deliver,
    attempts,
    row,
    writes,
  };
}

export const messagesOf = (sent: readonly Sent[]): readonly unknown[] =>
  sent.filter(({ queue }) => queue === 'protect-vm').map(({ message }) => message);
