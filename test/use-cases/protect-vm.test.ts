import { describe, expect, test } from 'vitest';

import { EngagementDocument } from '../../lib/engagement-schema.ts';
import { listProtections } from '../../lib/use-cases/list-protections.ts';
import type { ProtectionWrites } from '../../lib/use-cases/protector-ports.ts';
import { workOnProtection } from '../../lib/use-cases/work-on-protection.ts';
import { createAzureWriter } from '../../local/demo/azure-writer.ts';
import type { EstateResource } from '../../local/estates/estate.ts';
import { disk, diskId, item, itemId, vaultId, vm } from '../contract/test-estate.ts';
import { goodVault, messagesOf, protectedService } from './protected-service.ts';
import { serviceOfFile } from './service-of-file.ts';

const service = await serviceOfFile();

const policyIdOf = (name: string): string => `${vaultId()}/backupPolicies/${name}`;

describe('a VM that can be protected', () => {
  test('ends protected: planned, claimed, asked for once, followed to the end, judged anew', async () => {
    const { judge, deliver, sent, attempts, writes, azure, row, ports } = await protectedService(service);

    await judge();
    expect(messagesOf(sent)).toEqual([
      { vmId: expect.any(String), planId: expect.any(String), evidenceAt: expect.any(String) },
    ]);
    await deliver();

    expect(await attempts()).toMatchObject([
      {
        number: 1,
        state: 'enabled',
        plan: { action: 'enable', vault: { name: 'rsv-shop' }, policy: { name: 'EnhancedPolicy' } },
        clientRequestId: expect.any(String),
        outcome: { code: 'IRPending' },
      },
    ]);
    expect(writes()).toMatchObject([
      { method: 'PUT', path: expect.stringMatching(/protectedItems\/vm;iaasvmcontainerv2;RG-Shop;web1$/i) },
    ]);
    expect(azure.requests.filter(({ path }) => path.endsWith('/backupPreValidateProtection'))).toHaveLength(1);
    await judge();
    expect(await row()).toMatchObject({ verdict: 'pending', item: { vault: 'rsv-shop', policy: 'EnhancedPolicy' } });
    expect(await row()).not.toHaveProperty('plan');
    expect(ports).toBeDefined();
  });

  test('may get its first backup at once', async () => {
    const own = await protectedService(service, { scope: { backupNow: true } });
    const { judge, deliver, azure, row, clock, ports, protections, id } = own;
    await judge();
    await deliver();

    expect(azure.requests.filter(({ path }) => path.endsWith('/backup'))).toMatchObject([
      { method: 'POST', status: 202 },
    ]);
    const proven = async () =>
      (await listProtections(ports, protections, 1000)).filter(({ vmId }) => vmId === id('web1'));
    expect(await proven()).toMatchObject([{ state: 'enabled', isProven: false, lastRecoveryPoint: null }]);
    clock.pass(6);
    await judge();
    expect((await row())?.lastRecoveryPoint).toBeDefined();
    expect(await proven()).toMatchObject([{ isProven: true, verdict: 'protected' }]);
  });

  test('is left to its owner while it is new', async () => {
    const born = vm('web1');
    const resources = [
      { ...born, properties: { ...born.properties, timeCreated: '2026-11-20T05:50:00Z' } },
      ...goodVault(),
    ];
    const { judge, sent, deliver, attempts } = await protectedService(service, { resources });
    await judge();

    expect(sent.find(({ queue }) => queue === 'protect-vm')?.seconds).toBeCloseTo(50 * 60, -1);

    await deliver();
    expect(await attempts()).toMatchObject([{ state: 'enabled' }]);
  });
});

describe('nothing is written', () => {
  const nothing = async (wanted: Parameters<typeof protectedService>[1]) => {
    const own = await protectedService(service, wanted);
    await own.judge();
    const messages = messagesOf(own.sent);
    await own.deliver();
    expect(own.writes()).toEqual([]);
    return { ...own, messages };
  };

  test('in dry-run: the plan is shown, and handed to nobody', async () => {
    const { messages, row, attempts } = await nothing({ scope: { mode: 'dry-run' } });

    expect(messages).toEqual([]);
    expect(await row()).toMatchObject({ plan: { kind: 'plan', mode: 'dry-run' } });
    expect(await attempts()).toEqual([]);
  });

  test('in a scope that is off', async () => {
    expect(await (await nothing({ scope: { mode: 'off' } })).row()).not.toHaveProperty('plan');
  });

  test('while the stop switch of the rules is set', async () => {
    expect(await (await nothing({ stop: true })).attempts()).toEqual([]);
  });

  test('before a plan that needs an approval has one; then it is carried out', async () => {
    const { row, id, sent, deliver, protector, attempts, engagement, messages } = await nothing({
      scope: { approval: true },
    });
    expect(messages).toEqual([]);
    const plan = (await row())?.plan;
    expect.assert(plan?.kind === 'plan' && plan.needsApproval);
    const message = { vmId: id('web1'), planId: plan.planId };
    await workOnProtection(protector, engagement, message);
    expect(await attempts()).toEqual([]);

    await protector.protections.approve(plan.planId, { by: 'somebody', at: '2026-11-20T06:00:00.000Z' });
    sent.push({ queue: 'protect-vm', message });
    await deliver();

    expect(await attempts()).toMatchObject([{ state: 'enabled' }]);
  });

  test('where the plan has changed since the message was sent', async () => {
    const { judge, sent, protector, engagement, id, attempts, writes } = await protectedService(service);
    await judge();
    sent.splice(0);

    await workOnProtection(protector, engagement, { vmId: id('web1'), planId: 'another' });

    expect(await attempts()).toEqual([]);
    expect(writes()).toEqual([]);
  });

  test('where the evidence of the plan is old', async () => {
    const { judge, clock, deliver, attempts, writes } = await protectedService(service);
    await judge();
    clock.pass(27 * 60);
    await deliver();

    expect(await attempts()).toEqual([]);
    expect(writes()).toEqual([]);
  });

  test('where the rules of the protector say otherwise than those of the evaluator', async () => {
    const { judge, deliver, protector, subscriptionId, attempts, writes } = await protectedService(service);
    await judge();
    const stricter = EngagementDocument.parse({
      scopes: [{ name: 'all', subscription: subscriptionId, mode: 'dry-run' }],
    });
    await deliver(protector, stricter);

    expect(await attempts()).toEqual([]);
    expect(writes()).toEqual([]);
  });

  test('where the VM was created again', async () => {
    const { judge, deliver, id, azure, attempts } = await protectedService(service);
    await judge();
    const writer = createAzureWriter(azure.armUrl, service.certificate);
    const { properties } = vm('web1');
    await writer.remove(id('web1'));
    await writer.put(id('web1'), { location: 'westeurope', properties: { ...properties, vmId: 'another' } });
    const before = azure.requests.length;
    await deliver();

    expect(await attempts()).toEqual([]);
    expect(azure.requests.slice(before).filter(({ method }) => method === 'PUT')).toEqual([]);
  });
});

describe('an attempt is refused before anything is written', () => {
  test('where somebody protected the VM meanwhile', async () => {
    const { judge, deliver, azure, attempts, id, subscriptionId, clock } = await protectedService(service);
    await judge();
    const writer = createAzureWriter(azure.armUrl, service.certificate);
    const vault = vaultId('rsv-shop', subscriptionId);
    await writer.put(itemId('web1', vault), {
      properties: {
        protectedItemType: 'Microsoft.Compute/virtualMachines',
        sourceResourceId: id('web1'),
        policyId: `${vault}/backupPolicies/EnhancedPolicy`,
      },
    });
    clock.pass(2);
    const before = azure.requests.length;
    await deliver();

    expect(await attempts()).toMatchObject([{ state: 'refused', outcome: { code: 'ItemExists' } }]);
    expect(azure.requests.slice(before).filter(({ method }) => method === 'PUT')).toEqual([]);
  });

  test('where the pre-validation of Azure says no', async () => {
    const { judge, deliver, azure, attempts, writes } = await protectedService(service);
    await judge();
    azure.faults({
      method: 'POST',
      path: /backupPreValidateProtection/,
      status: 200,
      body: { status: 'Failed', errorCode: 'UserErrorUnsupported', errorMessage: 'No.', recommendation: 'Change it.' },
    });
    await deliver();

    expect(await attempts()).toMatchObject([
      { state: 'refused', outcome: { code: 'UserErrorUnsupported', message: 'No. Change it.' } },
    ]);
    expect(writes()).toEqual([]);
  });

  test('where the stop switch is set after the claim', async () => {
    const { judge, deliver, protector, attempts, writes } = await protectedService(service);
    await judge();
    const preValidate: ProtectionWrites['preValidate'] = async (...asked) => {
      await protector.protections.setStopped(true);
      return protector.writes.preValidate(...asked);
    };
    await deliver({ ...protector, writes: { ...protector.writes, preValidate } });
    await protector.protections.setStopped(false);

    expect(await attempts()).toMatchObject([{ state: 'refused', outcome: { code: 'Stopped' } }]);
    expect(writes()).toEqual([]);
  });

  test('where the cap of the vault and day is reached', async () => {
    const resources = [vm('web1'), vm('web2'), vm('web3'), ...goodVault()];
    const caps = { perVaultAndDay: 2 };
    const { judge, deliver, attempts, writes } = await protectedService(service, {
      resources,
      caps,
      simulated: { backupOperationMs: 0 },
    });
    for (const name of ['web1', 'web2', 'web3']) {
      await judge(name);
    }
    await deliver();

    expect(writes().filter(({ method }) => method === 'PUT')).toHaveLength(2);
    const states = (await Promise.all(['web1', 'web2', 'web3'].map((name) => attempts(name)))).flat();
    expect(states.map(({ state }) => state).toSorted()).toEqual(['enabled', 'enabled', 'refused']);
    expect(states.find(({ state }) => state === 'refused')?.outcome).toMatchObject({ code: 'CapReached' });
  });
});

describe('what Azure refuses or fails is told, and not repeated at once:', () => {
  test.each([
    ['a lock', { status: 409, code: 'ScopeLocked', message: 'It is locked.' }, 'ScopeLocked'],
    ['missing rights', { status: 403, code: 'AuthorizationFailed', message: 'No.' }, 'AuthorizationFailed'],
    [
      'a policy of Azure',
      { status: 403, code: 'RequestDisallowedByPolicy', message: 'No.' },
      'RequestDisallowedByPolicy',
    ],
  ])('%s', async (_, { status, code, message }, expected) => {
    const { judge, deliver, azure, attempts, writes, sent } = await protectedService(service);
    await judge();
    azure.faults({ method: 'PUT', path: /protectedItems/, status, body: { error: { code, message } } });
    await deliver();
    azure.heal();
    sent.splice(0);
    await judge();
    await deliver();

    expect(await attempts()).toMatchObject([{ state: 'failed', outcome: { code: expect.stringContaining(expected) } }]);
    expect(writes()).toHaveLength(1);
  });

  test('something being done: who proposes the plan again before Azure wants to be asked is passed over', async () => {
    const { judge, sent, protector, engagement, azure, attempts, writes } = await protectedService(service);
    await judge();
    const [message] = messagesOf(sent);
    const body = { error: { code: 'CloudInternalErrorOperationInProgress', message: 'Later.' } };
    azure.faults({ method: 'PUT', path: /protectedItems/, status: 409, body });
    for (let turn = 0; turn < 3; turn += 1) {
      await workOnProtection(protector, engagement, message);
    }

    expect(writes()).toHaveLength(1);
    expect(await attempts()).toMatchObject([{ number: 1, outcome: { againAt: expect.any(String) } }]);
  });

  test('something being done: another attempt is made when Azure wants to be asked again', async () => {
    const { judge, deliver, azure, attempts, writes } = await protectedService(service);
    await judge();
    const body = { error: { code: 'CloudInternalErrorOperationInProgress', message: 'Later.' } };
    azure.faults({ method: 'PUT', path: /protectedItems/, status: 409, body, times: 2 });
    await deliver();

    expect((await attempts()).map(({ number, state }) => [number, state])).toEqual([
      [3, 'enabled'],
      [2, 'failed'],
      [1, 'failed'],
    ]);
    expect(writes()).toHaveLength(3);
  });

  test('an operation that fails in the end', async () => {
    const { judge, deliver, azure, attempts } = await protectedService(service);
    await judge();
    azure.faults({
      method: 'GET',
      path: /operationsStatus/,
      status: 200,
      body: { status: 'Failed', error: { code: 'UserErrorKeyVaultPermissionsNotConfigured', message: 'No keys.' } },
    });
    await deliver();

    expect(await attempts()).toMatchObject([
      { state: 'failed', outcome: { code: 'UserErrorKeyVaultPermissionsNotConfigured', message: 'No keys.' } },
    ]);
  });
});

describe('a request without an answer', () => {
  test('that Azure got is found by its item, and never sent again', async () => {
    const { judge, deliver, azure, attempts, protector, writes } = await protectedService(service);
    await judge();
    const protect: ProtectionWrites['protect'] = async (request) => {
      await protector.writes.protect(request);
      return { kind: 'unclear', message: 'The connection was lost.' };
    };
    await deliver({ ...protector, writes: { ...protector.writes, protect } });

    expect(await attempts()).toMatchObject([{ state: 'enabled' }]);
    expect(writes()).toHaveLength(1);
    expect(azure.requests.length).toBeGreaterThan(0);
  });

  test('that Azure did not get is given up, and a later plan tries again', async () => {
    const { judge, deliver, attempts, protector, writes, clock } = await protectedService(service);
    await judge();
    const protect: ProtectionWrites['protect'] = async () => ({ kind: 'unclear', message: 'The connection was lost.' });
    await deliver({ ...protector, writes: { ...protector.writes, protect } });
    expect(await attempts()).toMatchObject([{ state: 'abandoned' }]);
    expect(writes()).toEqual([]);

    clock.pass(21 * 60);
    await judge();
    await deliver();

    expect((await attempts()).map(({ number, state }) => [number, state])).toEqual([
      [2, 'enabled'],
      [1, 'abandoned'],
    ]);
    expect(writes()).toHaveLength(1);
  });
});

describe('protection that stands', () => {
  test('is resumed where it was stopped', async () => {
    const resources = [vm('web1'), ...goodVault(), item('web1', { protectionState: 'ProtectionStopped' })];
    const { judge, deliver, attempts, row, clock } = await protectedService(service, {
      resources,
      scope: { actions: ['resume'] },
    });
    await judge();
    await deliver();

    expect(await attempts()).toMatchObject([{ state: 'enabled', plan: { action: 'resume' } }]);
    clock.pass(6);
    await judge();
    expect((await row())?.item?.state).toBe('Protected');
  });

  test('is moved to a policy that fits, in its vault, with what is left out of it', async () => {
    const [vault, fitting] = goodVault();
    const standard = {
      ...fitting,
      id: policyIdOf('Silver'),
      name: 'Silver',
      properties: {
        ...fitting?.properties,
        policyType: 'V1',
        schedulePolicy: undefined,
        instantRpRetentionRangeInDays: 2,
      },
    } as EstateResource;
    const held = item('web1', {
      policyId: standard.id,
      policyName: 'Silver',
      extendedProperties: { diskExclusionProperties: { diskLunList: [5], isInclusionList: false } },
    });
    const ultra = { ...disk(diskId('web1-os')), sku: { name: 'UltraSSD_LRS' } };
    const resources = [vm('web1'), vault, fitting, standard, held, ultra].filter((each) => each !== undefined);
    const own = await protectedService(service, { resources, scope: { actions: ['fix-policy'] } });
    await own.judge();
    await own.deliver();

    expect(await own.attempts()).toMatchObject([{ state: 'enabled', plan: { action: 'fix-policy' } }]);
    expect(own.writes()).toMatchObject([
      {
        body: {
          properties: {
            policyId: expect.stringMatching(/EnhancedPolicy$/),
            extendedProperties: { diskExclusionProperties: { diskLunList: [5], isInclusionList: false } },
          },
        },
      },
    ]);
    own.clock.pass(6);
    await own.judge();
    expect((await own.row())?.item).toMatchObject({ policy: 'EnhancedPolicy', state: 'Protected' });
  });

  test('is never touched where the scope only enables', async () => {
    const resources = [vm('web1'), ...goodVault(), item('web1', { protectionState: 'ProtectionStopped' })];
    const { judge, deliver, attempts, writes } = await protectedService(service, { resources });
    await judge();
    await deliver();

    expect(await attempts()).toEqual([]);
    expect(writes()).toEqual([]);
  });
});

describe('what is missing', () => {
  const scope = {
    policy: { name: 'Backstop', create: true },
    vaults: { create: { name: 'rsv-{region}', resourceGroup: 'rg-shop' } },
  };

  test('is created first: a policy', async () => {
    const { judge, deliver, attempts, writes } = await protectedService(service, { scope: { policy: scope.policy } });
    await judge();
    await deliver();

    expect(await attempts()).toMatchObject([{ state: 'enabled', plan: { policy: { name: 'Backstop', isNew: true } } }]);
    expect(writes().map(({ path }) => path.split('/').at(-2))).toEqual(['backupPolicies', 'protectedItems']);
  });

  test('is created first: a vault', async () => {
    const { judge, deliver, attempts, writes } = await protectedService(service, { scope, resources: [vm('web1')] });
    await judge();
    await deliver();

    expect(await attempts()).toMatchObject([{ state: 'enabled', plan: { vault: { isNew: true } } }]);
    expect(writes().map(({ path }) => path.split('/').at(-2))).toEqual(['vaults', 'backupPolicies', 'protectedItems']);
  });
});

test.each([
  ['no JSON', 'expected object'],
  [{ vmId: 'x' }, 'planId'],
  [{ vmId: 'x', planId: 'p' }, 'not the id of a VM'],
  [{ vmId: 'x', planId: 'p', force: true }, 'force'],
])('a message that makes no sense is put aside: %j', async (message, why) => {
  const { protector, engagement, sent, lines } = await protectedService(service);

  await workOnProtection(protector, engagement, message);

  expect(sent).toMatchObject([{ queue: 'protect-vm-poison' }]);
  expect(lines.join()).toContain(why);
});
