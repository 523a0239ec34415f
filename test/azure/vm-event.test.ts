import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { readVmEvent } from '../../lib/azure/vm-event.ts';

const vmId =
  '/subscriptions/0C2F8A11-5a9e-4f0e-9a53-6f1d7f5f0001/resourceGroups/RG-Shop/providers/Microsoft.Compute/virtualMachines/Web1';

const gridEvent = {
  id: 'e1',
  topic: '/subscriptions/0c2f8a11-5a9e-4f0e-9a53-6f1d7f5f0001',
  subject: vmId.toLowerCase(),
  eventType: 'Microsoft.Resources.ResourceWriteSuccess',
  eventTime: '2026-11-20T05:59:00.1234567Z',
  data: { resourceUri: vmId, operationName: 'Microsoft.Compute/virtualMachines/write', claims: { name: 'A. Person' } },
};

const { eventType: type, eventTime: time, topic: source, ...rest } = gridEvent;
const cloudEvent = { ...rest, type, time, source, specversion: '1.0' };

describe.each([
  ['Event Grid', gridEvent, 'eventType', 'eventTime'],
  ['CloudEvents', cloudEvent, 'type', 'time'],
] as const)('in the schema of %s', (_, event, typeKey, timeKey) => {
  test.each([
    ['Microsoft.Resources.ResourceWriteSuccess', 'written'],
    ['microsoft.resources.resourcewritesuccess', 'written'],
    ['Microsoft.Resources.ResourceDeleteSuccess', 'deleted'],
  ])('%s says that the VM was %s', (typeOfEvent, change) => {
    expect(readVmEvent({ ...event, [typeKey]: typeOfEvent })).toEqual({
      kind: 'vm-changed',
      eventId: 'e1',
      change,
      changedAt: '2026-11-20T05:59:00.123Z',
      vm: {
        id: vmId,
        key: vmId.toLowerCase(),
        subscriptionId: '0c2f8a11-5a9e-4f0e-9a53-6f1d7f5f0001',
        resourceGroup: 'RG-Shop',
        name: 'Web1',
      },
    });
  });

  test.each([[undefined], [null], ['{"resourceUri":1}'], [{}], [{ resourceUri: '' }], [{ resourceUri: 5 }]])(
    'without a usable resourceUri in its data %j the subject names the VM',
    (data) => {
      expect(readVmEvent({ ...event, data })).toMatchObject({ kind: 'vm-changed', vm: { id: vmId.toLowerCase() } });
    },
  );

  test.each([
    ['another type', { [typeKey]: 'Microsoft.Resources.ResourceActionSuccess' }, 'its type is'],
    ['a type that every object has', { [typeKey]: 'constructor' }, 'its type is constructor'],
    ['no type', { [typeKey]: undefined }, 'its type is missing'],
    [
      'another resource',
      { data: { resourceUri: vmId.replace('virtualMachines', 'disks') } },
      'microsoft.compute/disks',
    ],
    ['a part of a VM', { data: { resourceUri: `${vmId}/extensions/x` } }, 'it is about'],
    [
      'a malformed id',
      { data: { resourceUri: '/subscriptions/x/providers/Microsoft.Compute/virtualMachines/a' } },
      'malformed',
    ],
    ['no resource', { data: {}, subject: undefined }, 'it is about nothing'],
    ['no time', { [timeKey]: undefined }, 'does not tell when'],
    ['a time that is none', { [timeKey]: 'yesterday' }, 'does not tell when'],
  ])('an event with %s is not ours, and it is said why', (_name, change, why) => {
    expect(readVmEvent({ ...event, ...change })).toEqual({
      kind: 'not-ours',
      eventId: 'e1',
      why: expect.stringContaining(why),
    });
  });
});

test.each([[undefined], [null], [5], ['text'], [[]], [{}], [{ id: '' }], [{ id: 5 }], [{ ...gridEvent, subject: 5 }]])(
  'what has no envelope is not ours: %j',
  (raw) => {
    expect(readVmEvent(raw)).toMatchObject({ kind: 'not-ours', why: 'it has no Event Grid envelope' });
  },
);

test('no event makes it throw, and a VM is only ever one with a whole id', () => {
  const part = fc.oneof(fc.string(), fc.constant(vmId), fc.constant('constructor'), fc.anything());
  const anyEvent = fc.record(
    { id: part, subject: part, eventType: part, type: part, eventTime: part, time: part, data: part },
    { requiredKeys: [] },
  );

  fc.assert(
    fc.property(fc.oneof(anyEvent, fc.anything()), (raw) => {
      const event = readVmEvent(raw);
      expect(event.kind === 'not-ours' || (event.vm.name !== '' && ['written', 'deleted'].includes(event.change))).toBe(
        true,
      );
    }),
  );
});

test('nothing of the caller leaves the event', () => {
  expect(JSON.stringify(readVmEvent(gridEvent))).not.toContain('A. Person');
});
