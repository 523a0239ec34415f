import { describe, expect, test } from 'vitest';

import { approvePlan } from '../../lib/use-cases/approve-plan.ts';
import { createAzureWriter } from '../../local/demo/azure-writer.ts';
import { messagesOf, protectedService } from './protected-service.ts';
import { serviceOfFile } from './service-of-file.ts';

const service = await serviceOfFile();

/** A VM with a plan, and its approval. */
async function planned(scope: object) {
  const own = await protectedService(service, { scope });
  await own.judge();
  const plan = (await own.row())?.plan;
  expect.assert(plan?.kind === 'plan');
  const approve = (planId = plan.planId) =>
    approvePlan(own.ports, own.protections, own.judgement, planId, { name: 'the owner' });
  return { ...own, plan, approve };
}

test('an approved plan goes to the protector, and who approved it is kept', async () => {
  const { plan, approve, sent, protections, clock } = await planned({ approval: true });
  clock.pass(1);

  expect(await approve()).toMatchObject({ kind: 'approved', plan: { planId: plan.planId } });

  expect(messagesOf(sent)).toMatchObject([{ planId: plan.planId }]);
  expect(await protections.approvalOf(plan.planId)).toEqual({ by: 'the owner', at: '2026-11-20T06:01:01.000Z' });
});

describe('nothing is approved', () => {
  test('of which there is no plan', async () => {
    const { approve, sent } = await planned({ approval: true });

    expect(await approve('nothing')).toEqual({ kind: 'unknown-plan' });
    expect(messagesOf(sent)).toEqual([]);
  });

  test('of a VM that the approver may not see, as if there were no plan', async () => {
    const { ports, protections, judgement, plan, sent } = await planned({ approval: true });
    const approver = { name: 'somebody', subscriptions: ['66666666-7777-8888-9999-aaaaaaaaaaaa'] };

    const answer = await approvePlan(ports, protections, judgement, plan.planId, approver);

    expect(answer).toEqual({ kind: 'unknown-plan' });
    expect(messagesOf(sent)).toEqual([]);
  });

  test('where another plan comes out of judging the VM anew', async () => {
    const { approve, plan, sent, azure, id } = await planned({ approval: true });
    const writer = createAzureWriter(azure.armUrl, service.certificate);
    await writer.patch(id('web1'), { tags: { 'backstop-exclude': 'true', 'backstop-exclude-until': '2099-12-31' } });

    expect(await approve()).toMatchObject({ kind: 'outdated', why: expect.stringContaining('none is needed') });
    expect(await approve(plan.planId)).toEqual({ kind: 'unknown-plan' });
    expect(messagesOf(sent)).toEqual([]);
  });

  test('where the VM is gone', async () => {
    const { approve, azure, id } = await planned({ approval: true });
    await createAzureWriter(azure.armUrl, service.certificate).remove(id('web1'));

    expect(await approve()).toMatchObject({ kind: 'outdated', why: expect.stringContaining('gone') });
  });

  test.each([
    ['that needs no approval', { mode: 'on' }, 'needs no approval'],
    ['in dry-run', { mode: 'dry-run', approval: true }, 'dry-run'],
  ])('%s', async (_, scope, why) => {
    const { approve, protections, plan } = await planned(scope);

    expect(await approve()).toMatchObject({ kind: 'outdated', why: expect.stringContaining(why) });
    expect(await protections.approvalOf(plan.planId)).toBeUndefined();
  });
});
