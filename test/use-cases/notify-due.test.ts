import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { RegisteredExemption } from '../../lib/domain/registered-exemption.ts';
import { type ServiceWithStorage, startServiceWithStorage } from '../contract/service-with-storage.ts';
import { trustedCertificate } from '../contract/trusted-certificate.ts';
import { type Notified, type NotifiedOptions, notified } from './notified-service.ts';

const certificate = await trustedCertificate();
let service: ServiceWithStorage;
beforeAll(async () => {
  service = await startServiceWithStorage(certificate);
});
afterAll(() => service.stop());

/** The service a minute after the digest of the day was due: targets that are new get the next one. */
async function started(options?: NotifiedOptions): Promise<Notified> {
  const own = await notified(service, options);
  own.clock.pass(1);
  return own;
}
const ofKind = ({ receiver }: Notified, type: string) => receiver.events.filter((each) => each.type === type);

/** An exemption that ends so many days after a test's beginning. */
function exemption({ clock }: Notified, days: number, change: Partial<RegisteredExemption> = {}): RegisteredExemption {
  const now = clock.now().toISOString();
  return {
    exemptionId: 'e1',
    scope: '/subscriptions/s/resourceGroups/rg',
    owner: 'shop',
    reason: 'Jane said so',
    category: 'waiver',
    until: new Date(clock.now().getTime() + days * 86_400_000).toISOString(),
    revision: 1,
    createdAt: now,
    createdBy: 'jane@example.com',
    changedAt: now,
    changedBy: 'jane@example.com',
    ...change,
  };
}

/** The timer comes every six hours for so many days. */
async function live(own: Notified, days: number, exemptions: () => readonly RegisteredExemption[] = () => []) {
  for (let quarter = 0; quarter < days * 4; quarter += 1) {
    await own.due(14, exemptions());
    await own.deliverFor(6 * 60);
  }
}

describe('exemptions', () => {
  test('are announced once when they are about to end, and once when they have ended', async () => {
    const own = await started();
    await own.due(14, []);
    const entry = exemption(own, 16);

    await live(own, 1, () => [entry]);
    const early = own.receiver.events.filter(({ type }) => type.includes('Exemption')).length;
    await live(own, 20, () => [entry]);

    const told = own.receiver.events.filter(({ type }) => type.includes('Exemption'));
    expect(early).toBe(0);
    expect(told.map(({ type }) => type)).toEqual(['Backstop.Exemption.Expiring', 'Backstop.Exemption.Expired']);
    expect(told[1]).toMatchObject({
      subject: entry.scope,
      time: entry.until,
      data: { exemptionId: 'e1', owner: 'shop', category: 'waiver', until: entry.until },
    });
    expect(JSON.stringify(told)).not.toMatch(/jane/i);
  }, 60_000);

  test('that are prolonged are announced again before their new end; those that were ended are not', async () => {
    const own = await started({ targets: ['webhook'] });
    await own.due(14, []);
    const entry = exemption(own, 10);
    await live(own, 1, () => [entry, exemption(own, 5, { exemptionId: 'e2', endedAt: entry.changedAt })]);
    const longer = { ...entry, until: exemption(own, 20).until };

    await live(own, 10, () => [longer]);

    expect(ofKind(own, 'Backstop.Exemption.Expiring').map(({ data }) => data['until'])).toEqual([
      entry.until,
      longer.until,
    ]);
    expect(ofKind(own, 'Backstop.Exemption.Expired')).toEqual([]);
  }, 60_000);

  test('that ended before a target was set are not announced to it', async () => {
    const own = await started({ targets: ['webhook'] });
    const entry = exemption(own, -1);

    await live(own, 1, () => [entry]);

    expect(ofKind(own, 'Backstop.Exemption.Expired')).toEqual([]);
  });
});

describe('the digest', () => {
  test('comes once a day, however often the timer does, and on however many instances', async () => {
    const own = await started();
    await own.due();
    for (let day = 0; day < 3; day += 1) {
      own.clock.pass(24 * 60);
      await Promise.all([own.due(), own.due(), own.due()]);
      await own.deliverFor(15);
      await own.due();
      await own.deliverFor(15);
    }

    const days = own.topic.events.map(({ id }) => id);

    expect(days).toHaveLength(3);
    expect(new Set(days).size).toBe(3);
    expect(own.receiver.events.map(({ id }) => id)).toEqual(days);
  });

  test('tells how things stand, what changed in a day, and which exemptions end', async () => {
    const own = await started({ targets: ['webhook'] });
    await own.due();
    own.clock.pass(23 * 60);
    await own.become('a', 'blocked');
    await own.become('a', 'at-risk');
    await own.become('b', 'pending');
    own.clock.pass(60);

    await own.due(14, [exemption(own, 3), exemption(own, 40, { exemptionId: 'e2' })]);
    await own.deliverFor(1);

    const [digest] = ofKind(own, 'Backstop.Digest');
    expect(digest?.data).toMatchObject({
      posture: { vms: expect.any(Number), verdicts: expect.objectContaining({ protected: expect.any(Number) }) },
      changes: { isCut: false, kinds: { 'Backstop.VM.Blocked': 1, 'Backstop.VM.AtRisk': 1, other: 1 }, total: 3 },
      exemptions: { expiring: 1, withinDays: 14, next: [{ exemptionId: 'e1' }] },
      sweep: { complete: expect.any(Boolean) },
    });
  });

  test('does not come before its time, nor on days without one', async () => {
    // The day of the estate is a Friday.
    const own = await started({ targets: ['webhook'], settings: { DIGEST_SCHEDULE: '0 30 20 * * 1-5' } });
    await own.due();
    const told = async (hours: number) => {
      own.clock.pass(hours * 60);
      await own.due();
      await own.deliverFor(1);
      return ofKind(own, 'Backstop.Digest').length;
    };

    // Friday 7 and 21 o'clock, Saturday, Sunday, Monday.
    const counts = [await told(1), await told(14), await told(24), await told(24), await told(24)];

    expect(counts).toEqual([0, 1, 1, 1, 2]);
  });

  test('and what was sent long ago is forgotten', async () => {
    const own = await started({ targets: ['webhook'] });
    await own.due();
    const row = await own.become('a', 'blocked');
    await own.deliverFor(1);
    const id = `vm-${row?.vmKey}-1-blocked`;
    const known = await own.notifier.outbox.settled('webhook', [id]);

    own.clock.pass(15 * 24 * 60);
    await own.due();
    await own.deliverFor(1);

    expect([...known]).toEqual([id]);
    expect([...(await own.notifier.outbox.settled('webhook', [id]))]).toEqual([]);
    expect(own.receiver.events.filter((each) => each.id === id)).toHaveLength(1);
  });
});
