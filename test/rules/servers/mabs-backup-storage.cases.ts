import { fact, hoursAgo, unread } from '../healthy-vm.ts';
import {
  confirmation,
  engine,
  engineInfo,
  engineWithout,
  notExposed,
  type ServerCase,
  serverHost,
} from './server-case.ts';

const planned = fact('planned' as const);
const told = (change: Partial<typeof engineInfo>) => fact(engine({ extendedInfo: { ...engineInfo, ...change } }));
const { refreshedAt: _at, ...withoutTime } = engineInfo;
const { diskCount: _count, ...withoutCount } = engineInfo;
const { availableDiskSpace: _free, ...withoutFree } = engineInfo;
const { usedDiskSpace: _used, ...withoutUsed } = engineInfo;

export const cases: readonly ServerCase[] = [
  [
    'disks with room',
    {},
    {
      outcome: 'pass',
      reason: 'HasStorage',
      message: 'mabs01.contoso.local has 4 disks, and 40 % of the space is free.',
      evidence: [
        {
          fact: 'engine',
          values: {
            'extendedInfo.diskCount': 4,
            'extendedInfo.usedDiskSpace': 600,
            'extendedInfo.availableDiskSpace': 400,
            'extendedInfo.refreshedAt': hoursAgo(1),
          },
        },
      ],
    },
  ],
  [
    'exactly 10 % free',
    { engine: told({ usedDiskSpace: 900, availableDiskSpace: 100 }) },
    { outcome: 'pass', reason: 'HasStorage' },
  ],
  [
    'less than 10 % free',
    { engine: told({ usedDiskSpace: 901, availableDiskSpace: 100 }) },
    {
      outcome: 'fail',
      reason: 'AlmostFull',
      severity: 'blocker',
      message: 'mabs01.contoso.local has 4 disks, of which only 9.9 % is free.',
    },
  ],
  [
    'no disks',
    { engine: told({ diskCount: 0 }) },
    {
      outcome: 'fail',
      reason: 'NoStorage',
      message: 'mabs01.contoso.local has no disks for the first copies: nothing can be backed up.',
    },
  ],
  [
    'told exactly a day ago',
    { engine: told({ refreshedAt: hoursAgo(24) }) },
    { outcome: 'pass', reason: 'HasStorage' },
  ],
  [
    'told more than a day ago',
    { engine: told({ refreshedAt: hoursAgo(24.01) }) },
    { outcome: 'unknown', cause: 'not-reported' },
  ],
  [
    'an engine without a refresh date',
    { engine: fact(engine({ extendedInfo: withoutTime })) },
    { outcome: 'unknown', cause: 'not-reported' },
  ],
  [
    'no number of disks',
    { engine: fact(engine({ extendedInfo: withoutCount })) },
    { outcome: 'unknown', cause: 'not-reported' },
  ],
  [
    'no free space told',
    { engine: fact(engine({ extendedInfo: withoutFree })) },
    { outcome: 'unknown', cause: 'not-reported' },
  ],
  [
    'no used space told',
    { engine: fact(engine({ extendedInfo: withoutUsed })) },
    { outcome: 'unknown', cause: 'not-reported' },
  ],
  ['a negative space', { engine: told({ availableDiskSpace: -1 }) }, { outcome: 'unknown', cause: 'not-reported' }],
  [
    'disks of no size',
    { engine: told({ usedDiskSpace: 0, availableDiskSpace: 0 }) },
    { outcome: 'unknown', cause: 'not-reported' },
  ],
  [
    'an engine that tells nothing of itself',
    { engine: fact(engineWithout('extendedInfo')) },
    { outcome: 'unknown', cause: 'not-reported' },
  ],
  ['a plan with twice the size', { engine: planned }, { outcome: 'pass', reason: 'Planned' }],
  [
    'a plan with less',
    { engine: planned, host: fact(serverHost({ storageGiB: 1999 })) },
    {
      outcome: 'fail',
      reason: 'SmallPlan',
      severity: 'warning',
      message: '1999 GiB are planned for 1000 GiB of data; 2000 are advised.',
    },
  ],
  [
    'a plan without disks',
    { engine: planned, host: fact(serverHost({ storageGiB: 0 })) },
    { outcome: 'fail', reason: 'NoStorage' },
  ],
  [
    'a plan without a word of disks',
    { engine: planned, host: notExposed },
    { outcome: 'unknown', cause: 'not-exposed' },
  ],
  [
    'a plan without a word of data',
    { engine: planned, host: fact({ where: 'azure', storageGiB: 10 }) },
    { outcome: 'unknown', cause: 'not-exposed' },
  ],
  [
    'a plan without a word of disks, confirmed',
    { engine: planned, host: notExposed, confirmations: [confirmation('mabs-backup-storage')] },
    { outcome: 'pass', reason: 'Confirmed' },
  ],
  ['an engine that may not be read', { engine: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
