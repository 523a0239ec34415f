import { expect, test } from 'vitest';

import { agentReadiness } from '../../lib/domain/agent.ts';
import { machineOf, web1 } from '../contract/shop.ts';

const now = new Date('2026-11-20T06:00:00.000Z');
const succeeded = { statusCode: 'ProvisioningState/succeeded' };

test.each([
  ['now', { time: '2026-11-20T05:45:00Z' }, 'ready'],
  ['too long ago', { time: '2026-11-20T05:44:59Z' }, 'unknown'],
  ['at no time', {}, 'unknown'],
  ['just before Azure was asked', { time: '2026-11-19T20:00:00Z', askedAt: '2026-11-19T20:01:00Z' }, 'ready'],
  ['long before Azure was asked', { time: '2026-11-19T20:00:00Z', askedAt: '2026-11-19T20:15:01Z' }, 'unknown'],
])('an agent that reported success %s is %s', (_, report, expected) => {
  expect(agentReadiness(machineOf(web1), { ...succeeded, ...report }, now).kind).toBe(expected);
});
