import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import type { NotifierPorts } from '../../lib/use-cases/notification-ports.ts';
import { workOnNotification } from '../../lib/use-cases/work-on-notification.ts';
import { type ServiceWithStorage, startServiceWithStorage } from '../contract/service-with-storage.ts';
import { trustedCertificate } from '../contract/trusted-certificate.ts';
import { transitionOf } from '../ports/evaluated-row.ts';
import { type NotifiedOptions, notified } from './notified-service.ts';

const certificate = await trustedCertificate();
let service: ServiceWithStorage;
beforeAll(async () => {
  service = await startServiceWithStorage(certificate);
});
afterAll(() => service.stop());

const started = (options?: NotifiedOptions) => notified(service, options);
const idsOf = (events: readonly { readonly id: string }[]) => events.map(({ id }) => id);
const typesOf = (events: readonly { readonly type: string }[]) => events.map(({ type }) => type);

/** The same ports, but the process is killed once right after something was sent. */
function killedAfterSending(notifier: NotifierPorts): NotifierPorts {
  let isKilled = false;
  const { outbox } = notifier;
  return {
    ...notifier,
    outbox: {
      ...outbox,
      async settle(target, waiting, how) {
        if (how === 'sent' && !isKilled) {
          isKilled = true;
          throw new Error('killed');
        }
        await outbox.settle(target, waiting, how);
      },
    },
  };
}

describe('a VM that becomes blocked', () => {
  test('is announced once to each target, with what a reader needs', async () => {
    const { become, deliverFor, topic, receiver, subscriptionId } = await started();
    await become('db', 'protected');
    const row = await become('db', 'blocked', {
      failing: ['disk-count'],
      findings: [
        {
          outcome: 'fail',
          rule: 'disk-count',
          category: 'limitation',
          severity: 'blocker',
          reason: 'too-many',
          message: 'It has 40 data disks.',
          evidence: [],
          fix: { text: 'Detach some.', commands: ['az vm disk detach', 'az vm show'] },
        },
      ],
    });

    await deliverFor();
    await deliverFor(60);

    expect(topic.events).toHaveLength(1);
    expect(receiver.events).toEqual([
      {
        specversion: '1.0',
        id: `vm-${row?.vmKey}-2-blocked`,
        source: '/backstop',
        type: 'Backstop.VM.Blocked',
        subject: row?.vmId,
        time: row?.evidenceAt,
        datacontenttype: 'application/json',
        data: {
          vmId: row?.vmId,
          vmKey: row?.vmKey,
          name: 'db',
          subscriptionId,
          region: 'westeurope',
          owner: 'shop',
          from: 'protected',
          to: 'blocked',
          why: 'It has 40 data disks.',
          failing: ['disk-count'],
          revision: 2,
          command: 'az vm disk detach',
        },
      },
    ]);
    expect(topic.events).toEqual(receiver.events);
  });

  test('is announced without its owner where the settings say so', async () => {
    const { become, deliverFor, receiver } = await started({ settings: { BACKSTOP_NOTIFICATION_OWNER: 'false' } });
    await become('db', 'blocked');

    await deliverFor();

    expect(receiver.events).toHaveLength(1);
    expect(JSON.stringify(receiver.events)).not.toContain('shop');
  });

  test('and then at risk, and protected again, is announced each time, in this order', async () => {
    const { become, deliverFor, receiver, clock } = await started();
    for (const verdict of ['blocked', 'at-risk', 'at-risk', 'protected', 'pending', 'undetermined'] as const) {
      clock.pass(1);
      await become('db', verdict);
    }

    await deliverFor();

    expect(typesOf(receiver.events)).toEqual([
      'Backstop.VM.Blocked',
      'Backstop.VM.AtRisk',
      'Backstop.VM.ProtectedAgain',
    ]);
  });

  test('is announced among the kinds of the settings only', async () => {
    const { become, deliverFor, receiver } = await started({
      settings: { BACKSTOP_NOTIFICATIONS: 'VM.Undetermined,VM.Protected' },
    });
    for (const verdict of ['blocked', 'undetermined', 'protected'] as const) await become('db', verdict);

    await deliverFor();

    expect(typesOf(receiver.events).toSorted()).toEqual(['Backstop.VM.Protected', 'Backstop.VM.Undetermined']);
  });
});

describe('a change that was noted', () => {
  test('is not sent before it is stored, and not at all if it never is', async () => {
    const { ports, deliverFor, receiver, notifier } = await started();
    await ports.transitions.add([transitionOf('never-stored', 1, { to: 'blocked' })]);

    await deliverFor(9);
    const waiting = await notifier.outbox.waiting('webhook', 10);
    await deliverFor(5);

    expect(waiting).toHaveLength(1);
    expect(receiver.requests).toEqual([]);
    expect(await notifier.outbox.waiting('webhook', 10)).toEqual([]);
  });

  test('is sent once it is stored', async () => {
    const { ports, become, deliverFor, receiver } = await started();
    const row = await become('db', 'protected');
    const change = transitionOf(row?.vmKey ?? '', 2, { ...row, revision: 2, to: 'blocked' });
    await ports.transitions.add([change]);
    await deliverFor(1);
    expect(receiver.events).toEqual([]);

    await become('db', 'blocked');
    await deliverFor(1);

    expect(idsOf(receiver.events)).toEqual([`vm-${row?.vmKey}-2-blocked`]);
  });

  test('and overtaken by another one under the same revision is not sent', async () => {
    const { ports, become, deliverFor, receiver } = await started();
    const row = await become('db', 'at-risk');
    await ports.transitions.add([transitionOf(row?.vmKey ?? '', 1, { ...row, revision: 1, to: 'blocked' })]);

    await deliverFor(30);

    expect(idsOf(receiver.events)).toEqual([`vm-${row?.vmKey}-1-at-risk`]);
  });

  test('again after it was sent is not sent again', async () => {
    const { ports, become, deliverFor, receiver } = await started();
    const row = await become('db', 'blocked');
    await deliverFor(1);
    await ports.transitions.add([transitionOf(row?.vmKey ?? '', 1, { ...row, revision: 1, to: 'blocked' })]);

    await deliverFor(30);

    expect(receiver.requests).toHaveLength(1);
  });
});

describe('workers', () => {
  test('two at once send each notification once', async () => {
    const { become, notifier, config, receiver, topic, deliverFor } = await started();
    for (const name of ['a', 'b', 'c', 'd']) await become(name, 'blocked');
    const targets = ['topic', 'webhook', 'topic', 'webhook', 'webhook'] as const;

    await Promise.all(targets.map((target) => workOnNotification(notifier, config.notifications, { target })));
    await deliverFor(5);

    expect(new Set(idsOf(receiver.events)).size).toBe(4);
    expect(receiver.events).toHaveLength(4);
    expect(topic.events).toHaveLength(4);
  });

  test('killed between sending and remembering send the same id again, and nothing is lost', async () => {
    const { become, deliverFor, notifier, config, receiver, clock } = await started();
    await become('db', 'blocked');
    const killed = killedAfterSending(notifier);

    await expect(workOnNotification(killed, config.notifications, { target: 'webhook' })).rejects.toThrow('killed');
    clock.pass(3);
    await workOnNotification(notifier, config.notifications, { target: 'webhook' });
    await deliverFor(30);

    expect(receiver.requests.map(({ id }) => id)).toHaveLength(2);
    expect(new Set(receiver.requests.map(({ id }) => id)).size).toBe(1);
    expect(new Set(idsOf(receiver.events)).size).toBe(1);
  });

  test('a turn that was left by a killed process is taken after two minutes', async () => {
    const { become, deliverFor, notifier, receiver, clock } = await started();
    await become('db', 'blocked');
    const at = new Date(clock.now().getTime() + 120_000).toISOString();
    const state = { since: at, failures: 0, windowAt: at, windowSent: 0, isHolding: false };
    await notifier.outbox.saveState('webhook', { value: { ...state, holder: 'killed', heldUntil: at } });

    await deliverFor(1.9);
    const early = receiver.events.length;
    await deliverFor(0.5);

    expect(early).toBe(0);
    expect(receiver.events).toHaveLength(1);
  });
});

describe('a target that fails', () => {
  test('holds up no other one, and gets everything once it is back', async () => {
    const { become, deliverFor, receiver, topic } = await started();
    topic.faults({ path: /events/, status: 503 });
    await become('a', 'blocked');
    await become('b', 'at-risk');

    await deliverFor(1);
    const meanwhile = [receiver.events.length, topic.events.length];
    topic.heal();
    await deliverFor(20);

    expect(meanwhile).toEqual([2, 0]);
    expect(idsOf(topic.events).toSorted()).toEqual(idsOf(receiver.events).toSorted());
  });

  test('is asked again later and later, each time with the same request', async () => {
    const { become, deliverFor, receiver, clock } = await started({ targets: ['webhook'] });
    receiver.answerWith({ status: 500 });
    const times: number[] = [];
    receiver.onRequest(() => times.push(clock.now().getTime()));
    await become('db', 'blocked');

    await deliverFor(60);

    const pauses = times.slice(1).map((at, before) => (at - (times[before] ?? 0)) / 1000);
    expect(pauses).toEqual([10, 30, 60, 300, 600, 1800]);
    expect(new Set(receiver.requests.map(({ id }) => id)).size).toBe(1);
  });

  test('is asked no sooner than it wants, whatever else happens', async () => {
    const { become, deliverFor, receiver } = await started({ targets: ['webhook'] });
    receiver.answerWith({ status: 429, headers: { 'retry-after': '900' }, times: 1 });
    await become('a', 'blocked');
    await deliverFor(5);
    await become('b', 'blocked');

    await deliverFor(9.8);
    const early = receiver.requests.length;
    await deliverFor(1);

    expect(early).toBe(1);
    expect(receiver.events).toHaveLength(2);
  });

  test('is given up after a day, with a line that holds no body and no secret, and a message that brings it back', async () => {
    const { become, deliverFor, receiver, poison, lines, notifier, config } = await started({ targets: ['webhook'] });
    receiver.answerWith({ status: 500 });
    const row = await become('db', 'blocked');

    await deliverFor(24 * 60);
    const id = `vm-${row?.vmKey}-1-blocked`;
    const attempts = receiver.requests.length;
    receiver.answerWith(undefined);
    await deliverFor(24 * 60);

    expect(attempts).toBe(11);
    expect(receiver.requests).toHaveLength(attempts);
    expect(poison).toEqual([JSON.stringify({ target: 'webhook', again: [id] })]);
    const given = lines.filter((line) => line.includes('given up'));
    expect(given).toHaveLength(1);
    expect(given[0]).toContain('HTTP 500');
    expect(lines.join()).not.toContain(receiver.secret);
    expect(lines.join()).not.toContain('westeurope');

    await workOnNotification(notifier, config.notifications, JSON.parse(poison[0] ?? ''));

    expect(idsOf(receiver.events)).toEqual([id]);
  });

  test('that never takes one notification gets all others', async () => {
    const { become, deliverFor, receiver, poison } = await started({ targets: ['webhook'] });
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'bad', 'g'];
    receiver.onRequest(({ events }) => {
      const isBad = events.some(({ data }) => data['name'] === 'bad');
      receiver.answerWith(isBad ? { status: 400 } : undefined);
    });
    for (const name of names) await become(name, 'blocked');

    await deliverFor(10);
    const soon = receiver.events.map(({ data }) => data['name']);
    await deliverFor(26 * 60);

    expect(soon.toSorted()).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g']);
    expect(receiver.events).toHaveLength(7);
    expect(poison).toHaveLength(1);
  });
});

describe('messages that make no sense', () => {
  test.each([
    ['nonsense'],
    [{ target: 'pigeon' }],
    [{ target: 'topic', again: ['no id!'] }],
    [{ target: 'topic', x: 1 }],
  ])('are put aside: %j', async (message) => {
    const { notifier, config, poison, lines } = await started();

    await workOnNotification(notifier, config.notifications, message);

    expect(poison).toHaveLength(1);
    expect(lines.at(-1)).toContain('notify-poison');
  });

  test('are left alone where they are for a target that is not set', async () => {
    const { notifier, config, lines } = await started({ targets: ['topic'] });

    await workOnNotification(notifier, config.notifications, { target: 'webhook' });

    expect(lines.at(-1)).toContain('not set');
  });
});
