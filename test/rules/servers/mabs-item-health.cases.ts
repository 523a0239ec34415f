import { expect } from 'vitest';

import { fact, hoursAgo, unread } from '../healthy-vm.ts';
import { type ServerCase, serverItem } from './server-case.ts';

const { latestPoint: _point, ...withoutPoint } = serverItem();
const { refreshedAt: _told, ...withoutTime } = serverItem();
const { protectionState: _state, ...withoutState } = serverItem();

export const cases: readonly ServerCase[] = [
  [
    'recent points',
    { items: fact([serverItem(), serverItem({ name: 'share-1' })]) },
    {
      outcome: 'pass',
      reason: 'Healthy',
      message: 'All 2 items of mabs01.contoso.local in the vault have recent recovery points.',
      evidence: [{}, { fact: 'items', values: { items: 2 } }],
    },
  ],
  [
    'a point of exactly a day and its grace',
    { items: fact([serverItem({ latestPoint: hoursAgo(30) })]) },
    { outcome: 'pass', reason: 'Healthy' },
  ],
  [
    'a point that is older',
    { items: fact([serverItem(), serverItem({ name: 'share-1', latestPoint: hoursAgo(31) })]) },
    {
      outcome: 'fail',
      reason: 'Unhealthy',
      severity: 'warning',
      message: `1 of 2 items of mabs01.contoso.local are not healthy: share-1 (Protected, last point ${hoursAgo(31)}).`,
    },
  ],
  [
    'protection that is stopped',
    { items: fact([serverItem({ protectionState: 'ProtectionStopped' })]) },
    { outcome: 'fail', reason: 'Unhealthy' },
  ],
  [
    'a state that is not told',
    { items: fact([withoutState]) },
    { outcome: 'fail', reason: 'Unhealthy', message: expect.stringContaining('state not told') },
  ],
  [
    'no point at all',
    { items: fact([withoutPoint]) },
    { outcome: 'fail', reason: 'Unhealthy', message: expect.stringContaining('last point none') },
  ],
  [
    'more items than a sentence takes',
    { items: fact(Array.from({ length: 7 }, (_, n) => serverItem({ name: `i-${n}`, protectionState: 'Invalid' }))) },
    { outcome: 'fail', reason: 'Unhealthy', message: expect.stringMatching(/i-4 \(Invalid.*\); and 2 more\.$/) },
  ],
  [
    'one that fails beside one that is silent',
    { items: fact([withoutTime, serverItem({ protectionState: 'ProtectionError' })]) },
    { outcome: 'fail', reason: 'Unhealthy', message: expect.stringContaining('1 of 2') },
  ],
  [
    'told exactly a day ago',
    { items: fact([serverItem({ refreshedAt: hoursAgo(24) })]) },
    { outcome: 'pass', reason: 'Healthy' },
  ],
  [
    'told more than a day ago',
    { items: fact([serverItem({ refreshedAt: hoursAgo(25) })]) },
    { outcome: 'unknown', cause: 'not-reported' },
  ],
  ['an item without a refresh date', { items: fact([withoutTime]) }, { outcome: 'unknown', cause: 'not-reported' }],
  [
    'no items',
    { items: fact([]) },
    { outcome: 'notApplicable', message: 'The vault holds no item of mabs01.contoso.local.' },
  ],
  ['a planned server', { engine: fact('planned') }, { outcome: 'notApplicable' }],
  ['items that may not be read', { items: unread }, { outcome: 'unknown', cause: 'no-permission' }],
  ['an engine that may not be read', { engine: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
