import { type ExemptionScope, parseExemptionScope, scopesOf } from '../domain/exemption-scope.ts';
import { armId } from '../domain/ids.ts';
import type { RegisteredExemption } from '../domain/registered-exemption.ts';
import { bulkTimeOf } from '../domain/storm.ts';
import type { EvaluatedHead } from './evaluated.ts';
import { inBatches } from './in-batches.ts';
import type { Ports } from './ports.ts';
import { requestBulkJudgement } from './request-bulk-judgement.ts';
import { vmKeyOf } from './vm-key.ts';

type JudgePorts = Pick<Ports, 'evaluations' | 'queues' | 'bulkRequests' | 'clock' | 'log'>;

/** So many VMs are judged singly, within seconds; more wait some minutes for a bulk judgement of their subscription. */
const judgedSingly = 500;

/** The VMs that a scope contains, as far as Backstop knows them; those that are gone are left out. */
export async function vmsCoveredBy(
  { evaluations }: Pick<Ports, 'evaluations'>,
  { kind, key, subscriptionId }: ExemptionScope,
): Promise<readonly EvaluatedHead[]> {
  if (kind === 'vm') {
    const row = await evaluations.find(subscriptionId, vmKeyOf(key));
    return row && !row.value.goneAt ? [row.value] : [];
  }
  const heads = [...(await evaluations.headsOf(subscriptionId)).values()].map(({ value }) => value);
  return heads.filter(({ goneAt, vmId }) => !goneAt && scopesOf({ key: armId(vmId) }).includes(key));
}

/** Asks for the VMs of an exemption to be judged by what it says now. Answers how many there are. */
export async function judgeCoveredAnew(
  ports: JudgePorts,
  { exemptionId, revision, scope: text, changedAt }: RegisteredExemption,
): Promise<number> {
  const scope = parseExemptionScope(text);
  const vms = scope ? await vmsCoveredBy(ports, scope) : [];
  if (scope && vms.length > judgedSingly) {
    await requestBulkJudgement(ports, scope.subscriptionId, bulkTimeOf(changedAt, ports.clock()));
    return vms.length;
  }
  const eventId = `exemption-${exemptionId}-${revision}`;
  await inBatches(vms, ({ vmId }) => ports.queues.evaluate({ vmId, change: 'written', changedAt, eventId }, 0));
  return vms.length;
}
