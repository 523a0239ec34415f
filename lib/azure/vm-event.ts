import type { ResourceDeleteSuccessEventData, ResourceWriteSuccessEventData } from '@azure/eventgrid';
import * as z from 'zod';

import { parseVmId, resourceTypeOf } from '../domain/ids.ts';
import type { VmEvent } from '../use-cases/ports.ts';

/** The only property of the data that is read; caller claims and tokens beside it are personal data and stay unread. */
type ResourceUri = keyof Pick<ResourceWriteSuccessEventData & ResourceDeleteSuccessEventData, 'resourceUri'>;
const resourceUri: ResourceUri = 'resourceUri';

/** Both envelopes at once. The official deserialiser throws on published examples, so this one is tolerant. */
const Envelope = z.looseObject({
  id: z.string().min(1),
  subject: z.string().optional(),
  eventType: z.string().optional(),
  type: z.string().optional(),
  eventTime: z.string().optional(),
  time: z.string().optional(),
  data: z.unknown().optional(),
});

const changes: ReadonlyMap<string, 'written' | 'deleted'> = new Map([
  ['microsoft.resources.resourcewritesuccess', 'written'],
  ['microsoft.resources.resourcedeletesuccess', 'deleted'],
]);

const vmType = 'microsoft.compute/virtualmachines';

function resourceOf(data: unknown, subject: string | undefined): string {
  const uri = (data as Record<string, unknown> | null | undefined)?.[resourceUri];
  return typeof uri === 'string' && uri !== '' ? uri : (subject ?? '');
}

function isInstant(text: string | undefined): text is string {
  return text !== undefined && !Number.isNaN(Date.parse(text));
}

/** Reads an event in the Event Grid schema or as a CloudEvent 1.0; never throws. */
export function readVmEvent(raw: unknown): VmEvent {
  const envelope = Envelope.safeParse(raw);
  if (!envelope.success) {
    const id = (raw as { id?: unknown } | null | undefined)?.id;
    return { kind: 'not-ours', eventId: typeof id === 'string' ? id : '(none)', why: 'it has no Event Grid envelope' };
  }
  const { id: eventId, subject, eventType, type, eventTime, time, data } = envelope.data;
  const change = changes.get((eventType ?? type ?? '').toLowerCase());
  const resource = resourceOf(data, subject);
  const vm = parseVmId(resource);
  const changedAt = eventTime ?? time;
  if (!change) {
    return { kind: 'not-ours', eventId, why: `its type is ${eventType ?? type ?? 'missing'}` };
  }
  if (!vm) {
    const of = resourceTypeOf(resource);
    return {
      kind: 'not-ours',
      eventId,
      why: of === vmType ? 'the id of its VM is malformed' : `it is about ${of || 'nothing'}`,
    };
  }
  if (!isInstant(changedAt)) {
    return { kind: 'not-ours', eventId, why: 'it does not tell when it happened' };
  }
  return { kind: 'vm-changed', eventId, vm, change, changedAt: new Date(changedAt).toISOString() };
}
