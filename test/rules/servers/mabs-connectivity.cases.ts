import { expect } from 'vitest';

import { fact, hoursAgo, now, unread } from '../healthy-vm.ts';
import { engine, engineInfo, engineWithout, type ServerCase, serverItem, serverVault } from './server-case.ts';

const seconds = (count: number) => new Date(now.getTime() - count * 1000).toISOString();
const day = 86_400;
const toldAt = (refreshedAt: string) => ({
  engine: fact(engine({ extendedInfo: { ...engineInfo, refreshedAt } })),
  items: fact([]),
});
const { refreshedAt: _, ...withoutTime } = engineInfo;

export const cases: readonly ServerCase[] = [
  [
    'an hour ago',
    {},
    {
      outcome: 'pass',
      reason: 'InTouch',
      message: 'mabs01.contoso.local was in touch with Azure 1 hour ago.',
      evidence: [{ fact: 'engine', values: { 'extendedInfo.refreshedAt': hoursAgo(1), healthStatus: 'Healthy' } }],
    },
  ],
  ['a second less than a day ago', toldAt(seconds(day - 1)), { outcome: 'pass', reason: 'InTouch' }],
  ['exactly a day ago', toldAt(seconds(day)), { outcome: 'fail', reason: 'Silent', severity: 'warning' }],
  [
    '11 days ago',
    toldAt(seconds(11 * day)),
    {
      outcome: 'fail',
      reason: 'Silent',
      severity: 'warning',
      message:
        'mabs01.contoso.local last reported 11 days ago; backups to Azure and to disk stop in 4 days, after 2026-11-24T06:00:00.000Z.',
      fix: {
        text: expect.stringContaining('*.blob.storage.azure.net, and the addresses 20.190.128.0/18, 40.126.0.0/18.'),
      },
    },
  ],
  ['exactly 15 days ago', toldAt(seconds(15 * day)), { outcome: 'fail', reason: 'Silent', severity: 'warning' }],
  [
    '15 days and a second ago',
    toldAt(seconds(15 * day + 1)),
    {
      outcome: 'fail',
      reason: 'Lost',
      severity: 'blocker',
      message:
        'mabs01.contoso.local last reported 15 days ago; backups to Azure and to disk have been stopped since 2026-11-20T05:59:59.000Z.',
    },
  ],
  [
    'silent in US Government',
    { ...toldAt(seconds(2 * day)), vault: fact(serverVault({ region: 'usgovvirginia' })) },
    { outcome: 'fail', reason: 'Silent', fix: { text: expect.stringContaining('*.usgovcloudapi.net') } },
  ],
  [
    'silent in China',
    { ...toldAt(seconds(2 * day)), vault: fact(serverVault({ region: 'chinaeast2' })) },
    { outcome: 'fail', reason: 'Silent', fix: { text: expect.stringContaining('unconfirmed') } },
  ],
  [
    'silent, with a vault of which nothing is known',
    { ...toldAt(seconds(2 * day)), vault: unread },
    { outcome: 'fail', reason: 'Silent' },
  ],
  [
    'an old word of itself, a new one of an item',
    { ...toldAt(seconds(20 * day)), items: fact([serverItem({ refreshedAt: hoursAgo(2) })]) },
    { outcome: 'pass', reason: 'InTouch' },
  ],
  ['items that may not be read', { items: unread }, { outcome: 'pass', reason: 'InTouch' }],
  ['a clock that is a minute ahead', toldAt(seconds(-60)), { outcome: 'pass', reason: 'InTouch' }],
  ['a time that is to come', toldAt(seconds(-3600)), { outcome: 'unknown', cause: 'not-reported' }],
  [
    'an engine without a refresh date',
    { engine: fact(engine({ extendedInfo: withoutTime })), items: fact([]) },
    {
      outcome: 'unknown',
      cause: 'not-reported',
      message: 'Azure does not tell when mabs01.contoso.local was last in touch.',
    },
  ],
  [
    'an engine that tells nothing of itself',
    { engine: fact(engineWithout('extendedInfo')), items: fact([]) },
    { outcome: 'unknown', cause: 'not-reported' },
  ],
  ['a planned server', { engine: fact('planned') }, { outcome: 'notApplicable' }],
  ['an engine that may not be read', { engine: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
