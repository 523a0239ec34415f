import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { isEnded } from '../../lib/domain/attempt.ts';
import type { ProtectorPorts } from '../../lib/use-cases/protector-ports.ts';
import { workOnProtection } from '../../lib/use-cases/work-on-protection.ts';
import { vm } from '../contract/test-estate.ts';
import { goodVault, messagesOf, protectedService } from './protected-service.ts';
import { serviceOfFile } from './service-of-file.ts';
import { sweep } from './swept-estate.ts';

const service = await serviceOfFile();

class Killed extends Error {
  override readonly name = 'Killed';
}

/** The same ports, but the process dies at a call of one of them: before it takes effect, or right after. */
function dyingAt(ports: ProtectorPorts, call: number, when: 'before' | 'after') {
  let calls = 0;
  const dying = <T extends object>(part: T): T =>
    new Proxy(part, {
      get(target, name) {
        const method = Reflect.get(target, name);
        return typeof method !== 'function'
          ? method
          : async (...args: unknown[]) => {
              calls += 1;
              const isNow = calls === call;
              if (isNow && when === 'before') throw new Killed();
              const result = await method.apply(target, args);
              if (isNow) throw new Killed();
              return result;
            };
      },
    });
  const { protections, writes, arm, queues, evaluations, inventory } = ports;
  return {
    ports: {
      ...ports,
      protections: dying(protections),
      writes: dying(writes),
      arm: dying(arm),
      queues: dying(queues),
      evaluations: dying(evaluations),
      inventory: dying(inventory),
    },
    calls: () => calls,
  };
}

const isProtect = ({ method, path }: { readonly method: string; readonly path: string }) =>
  method === 'PUT' && /\/protectedItems\//i.test(path);

describe.each(['before', 'after'] as const)('a process that is killed %s any of its calls', (when) => {
  test('leaves an attempt that is finished or given up, and never asks Azure twice', async () => {
    const ends = new Map<string, number>();
    for (let call = 1; call < 100; call += 1) {
      const { judge, deliver, protector, attempts, azure } = await protectedService(service);
      await judge();
      const dying = dyingAt(protector, call, when);

      await deliver(dying.ports);
      if (dying.calls() < call) {
        expect([...ends.keys()]).toContain('enabled');
        return;
      }

      const made = await attempts();
      expect(made.every(isEnded), JSON.stringify([call, made])).toBe(true);
      expect(made.length).toBeLessThanOrEqual(1);
      expect(azure.requests.filter(isProtect).length).toBeLessThanOrEqual(1);
      const [{ state } = { state: 'none' }] = made;
      ends.set(state, (ends.get(state) ?? 0) + 1);
    }
    expect.unreachable('the work has more calls than were tried');
  });
});

/** A second sweep while one runs is refused, as it should be. */
async function sweptUnlessRunning({ ports, judgement }: Awaited<ReturnType<typeof protectedService>>): Promise<void> {
  await sweep(ports, judgement).catch((error: Error) => {
    if (!/still running/.test(error.message)) throw error;
  });
}

test('messages in any order, as often as one likes, several at once, among events and sweeps: one request for each VM', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        vms: fc.integer({ min: 1, max: 3 }),
        copies: fc.integer({ min: 1, max: 4 }),
        together: fc.boolean(),
        order: fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        isStopped: fc.boolean(),
        events: fc.integer({ min: 0, max: 3 }),
        sweeps: fc.integer({ min: 0, max: 2 }),
        perVaultAndDay: fc.constantFrom(1, 2, 250),
      }),
      async ({ vms, copies, together, order, isStopped, perVaultAndDay, events, sweeps }) => {
        const names = Array.from({ length: vms }, (_, number) => `web${number}`);
        const resources = [...names.map((name) => vm(name)), ...goodVault()];
        const caps = { perVaultAndDay };
        const own = await protectedService(service, { resources, caps, stop: isStopped });
        for (const name of names) {
          await own.judge(name);
        }
        const works = messagesOf(own.sent).flatMap((message) =>
          Array.from({ length: copies }, () => () => workOnProtection(own.protector, own.engagement, message)),
        );
        own.sent.splice(0);
        const all = [
          ...works,
          ...Array.from({ length: events }, (_, number) => () => own.judge(names[number % vms])),
          ...Array.from({ length: sweeps }, () => () => sweptUnlessRunning(own)),
        ];
        const shuffled = all
          .map((work) => ({ work, at: order.next().value ?? 0 }))
          .toSorted((a, b) => a.at - b.at)
          .map(({ work }) => work);

        if (together) {
          await Promise.all(shuffled.map((work) => work()));
        } else {
          for (const work of shuffled) await work();
        }
        await own.deliver();

        const puts = own.azure.requests.filter(isProtect);
        expect(new Set(puts.map(({ path }) => path.toLowerCase())).size).toBe(puts.length);
        expect(puts.length).toBeLessThanOrEqual(isStopped ? 0 : Math.min(vms, perVaultAndDay));
        const made = (await Promise.all(names.map((name) => own.attempts(name)))).flat();
        expect(made.filter(({ state }) => state === 'enabled')).toHaveLength(puts.length);
        expect(made.every(isEnded)).toBe(true);
        expect(puts.length > 0 || isStopped).toBe(true);
      },
    ),
    { numRuns: 15 },
  );
});
