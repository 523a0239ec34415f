import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';

import type { NotifierPorts } from '../../lib/use-cases/notification-ports.ts';
import { workOnNotification } from '../../lib/use-cases/work-on-notification.ts';
import { type ServiceWithStorage, startServiceWithStorage } from '../contract/service-with-storage.ts';
import { trustedCertificate } from '../contract/trusted-certificate.ts';
import { type Notified, notified } from './notified-service.ts';

const certificate = await trustedCertificate();
let service: ServiceWithStorage;
beforeAll(async () => {
  service = await startServiceWithStorage(certificate);
});
afterAll(() => service.stop());

const targets = ['topic', 'webhook'] as const;

/** Something that happens; what comes after it may happen before it is over. */
const happening = fc.oneof(
  { weight: 4, arbitrary: fc.record({ what: fc.constant('change' as const), vm: fc.integer({ min: 0, max: 3 }) }) },
  /** Whoever wrote the last change of a VM does it again. */
  {
    weight: 1,
    arbitrary: fc.record({ what: fc.constant('again' as const), vm: fc.integer({ min: 0, max: 3 }) }),
  },
  /** Messages come early, late, twice, and to several workers at once. */
  {
    weight: 4,
    arbitrary: fc.record({
      what: fc.constant('wake' as const),
      targets: fc.array(fc.constantFrom(...targets), { minLength: 1, maxLength: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('timer' as const) }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('pass' as const), minutes: fc.integer({ min: 1, max: 20 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({ what: fc.constant('fail' as const), target: fc.constantFrom(...targets) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constant('kill' as const),
      target: fc.constantFrom(...targets),
      /** Right before this step at storage or at a target. */
      step: fc.integer({ min: 1, max: 12 }),
    }),
  },
);

type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

/** A process that ends before one of its steps: nothing of it happens from then on. */
function killedAt(notifier: NotifierPorts, step: number, onKilled: (wasSending: boolean) => void): NotifierPorts {
  let steps = 0;
  let isDead = false;
  let wasSending = false;
  const perhaps = () => {
    steps += 1;
    if (!isDead && steps >= step) {
      isDead = true;
      onKilled(wasSending);
    }
    if (isDead) throw new Error('killed');
  };
  const outbox = Object.fromEntries(
    Object.entries(notifier.outbox).map(([name, method]) => [
      name,
      async (...args: readonly unknown[]) => {
        perhaps();
        const answer = await Reflect.apply(method, notifier.outbox, args);
        wasSending = wasSending && name !== 'settle';
        return answer;
      },
    ]),
  ) as unknown as NotifierPorts['outbox'];
  const senders = [...notifier.targets].map(
    ([target, send]) =>
      [
        target,
        async (events: Parameters<typeof send>[0]) => {
          perhaps();
          wasSending = true;
          return send(events);
        },
      ] as const,
  );
  return { ...notifier, outbox, targets: new Map(senders) };
}

/** Lets one thing happen. `killed`: targets at which something was sent and not remembered. */
async function happen(own: Notified, each: Happening, killed: Set<string>, count: { changes: number }): Promise<void> {
  const { notifier, config, clock, topic, receiver } = own;
  switch (each.what) {
    case 'change':
      count.changes += 1;
      await own.become(`vm-${each.vm}`, count.changes % 2 === 0 ? 'blocked' : 'at-risk');
      break;
    case 'again':
      await own.ports.transitions.add(await own.ports.transitions.of(own.keyOf(`vm-${each.vm}`), 1));
      break;
    case 'wake':
      await Promise.all(each.targets.map((target) => workOnNotification(notifier, config.notifications, { target })));
      break;
    case 'timer':
      await own.due();
      break;
    case 'pass':
      await own.deliverFor(each.minutes);
      break;
    case 'fail':
      if (each.target === 'topic') topic.faults({ path: /events/, status: 503, times: 2 });
      else receiver.answerWith({ status: 500, times: 2 });
      break;
    case 'kill': {
      const dying = killedAt(notifier, each.step, (wasSending) => {
        if (wasSending) killed.add(each.target);
      });
      const { target } = each;
      await workOnNotification(dying, config.notifications, { target }).catch(() => {
        // The host brings the message of a killed process back.
        own.sent.push({ message: { target }, at: clock.now().getTime() + 30_000 });
      });
      break;
    }
    default: {
      const never: never = each;
      return never;
    }
  }
}

test('whatever the order of messages, failures and kills, each change reaches each target: once, if nobody was killed after sending', async () => {
  const runs: number[] = [];

  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 4, maxLength: 16 }), async (happenings) => {
      const own = await notified(service);
      const killed = new Set<string>();
      const count = { changes: 0 };
      for (const each of happenings) await happen(own, each, killed, count);
      await own.due();
      await own.deliverFor(120);

      const rows = await Promise.all([0, 1, 2, 3].map((vm) => own.ports.transitions.of(own.keyOf(`vm-${vm}`), 100)));
      const expected = rows
        .flat()
        .filter(({ from, to }) => from !== to)
        .map(({ vmKey, revision, to }) => `vm-${vmKey}-${revision}-${to}`)
        .toSorted();
      const got = { topic: own.topic.events, webhook: own.receiver.events };
      for (const target of targets) {
        const ids = got[target].map(({ id }) => id).filter((id) => id.startsWith('vm-'));
        expect([...new Set(ids)].toSorted()).toEqual(expected);
        if (!killed.has(target)) expect(ids).toHaveLength(expected.length);
      }
      runs.push(expected.length);
    }),
    { numRuns: 25 },
  );

  expect(Math.max(...runs)).toBeGreaterThan(2);
}, 180_000);
