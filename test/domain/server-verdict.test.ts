import { describe, expect, it } from 'vitest';

import { serverCatalogue } from '../../lib/rules/servers/catalogue.ts';
import { fact, hoursAgo, ownSubscription, unread } from '../rules/healthy-vm.ts';
import {
  engine,
  engineInfo,
  engineWithout,
  judgedServer,
  notExposed,
  serverItem,
} from '../rules/servers/server-case.ts';

const silentFor = (days: number) => ({
  engine: fact(engine({ extendedInfo: { ...engineInfo, refreshedAt: hoursAgo(24 * days) } })),
  items: fact([]),
});
const state = (text: string) => fact({ subscriptionId: ownSubscription, state: text });

describe('the verdict of a backup server', () => {
  it.each([
    ['working', {}],
    ['working', { host: notExposed, hostVm: notExposed }],
    ['working', { engine: fact(engine({ isUpgradeAvailable: true })) }],
    ['at-risk', silentFor(3)],
    ['at-risk', { items: fact([serverItem({ protectionState: 'ProtectionStopped' })]) }],
    ['stopped', silentFor(16)],
    ['stopped', { subscription: state('Disabled') }],
    ['stopped', { ...silentFor(16), subscription: unread }],
    ['undetermined', { engine: unread }],
    ['undetermined', { engine: fact(engineWithout('agentVersion')) }],
    ['undetermined', { subscription: unread }],
  ] as const)('is %s, case %#', (verdict, differing) => {
    expect(judgedServer(serverCatalogue, differing).verdict).toBe(verdict);
  });

  it('puts what stops backups before everything else', () => {
    const { findings } = judgedServer(serverCatalogue, { ...silentFor(16), hostVm: notExposed });

    expect(findings.slice(0, 2)).toMatchObject([
      { rule: 'mabs-connectivity', outcome: 'fail', severity: 'blocker' },
      { outcome: 'unknown' },
    ]);
  });
});
