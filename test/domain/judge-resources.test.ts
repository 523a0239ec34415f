import { describe, expect, it } from 'vitest';

import { judgeResources } from '../../lib/domain/judge-resources.ts';
import { defineResourceRule } from '../../lib/domain/resource-rule.ts';
import { notApplicable } from '../../lib/domain/rule.ts';
import { classicAsmStorage } from '../../lib/rules/resources/classic-asm-storage.ts';
import { fact, hoursAgo, ownSubscription, unread } from '../rules/healthy-vm.ts';
import { classicVm, emptyScope, storageAccount } from '../rules/resources/resource-case.ts';

describe('judgeResources', () => {
  it('tells which resource a finding is about, what was read of it and when, and what to do', () => {
    const findings = judgeResources([classicAsmStorage], {
      ...emptyScope,
      classicStorageAccounts: fact([storageAccount]),
    });

    const { id } = storageAccount;
    expect(findings).toEqual([
      {
        resource: {
          id,
          name: 'oldstore',
          type: 'microsoft.classicstorage/storageaccounts',
          resourceGroup: 'rg-old',
          subscriptionId: ownSubscription,
          region: 'westeurope',
        },
        finding: {
          rule: 'classic-asm-storage',
          category: 'limitation',
          severity: 'blocker',
          outcome: 'fail',
          reason: 'Present',
          message: 'Classic storage account oldstore remains; disks in it cannot be backed up.',
          evidence: [
            {
              fact: 'classicStorageAccounts',
              values: { id, location: 'westeurope' },
              where: 'Resource Graph',
              readAt: hoursAgo(0),
            },
          ],
          fix: { text: 'Migrate the account to Resource Manager.', commands: [`az resource show --ids ${id}`] },
        },
      },
    ]);
  });

  it('says once why a kind of resource could not be read, and what to grant', () => {
    const findings = judgeResources([classicAsmStorage], { ...emptyScope, classicStorageAccounts: unread });

    expect(findings).toEqual([
      {
        finding: {
          rule: 'classic-asm-storage',
          category: 'limitation',
          severity: 'blocker',
          outcome: 'unknown',
          cause: 'no-permission',
          message: 'The identity may not read it.',
          action: 'Microsoft.Compute/virtualMachines/read',
          evidence: [],
        },
      },
    ]);
  });

  it('lists what asks for something, and nothing else', () => {
    const rule = defineResourceRule({
      ...classicAsmStorage,
      about: 'classicVms',
      pass: { Fine: 'Fine.' },
      fail: { Odd: 'Odd.' },
      remedies: { Odd: { text: 'Look at {name}.', commands: ['az resource show --ids {id} {endpoints}'] } },
      evidence: () => ({}),
      check({ name }) {
        if (name === 'no-question') {
          return notApplicable('Nobody asked.');
        }
        return name === 'fine'
          ? { kind: 'pass', reason: 'Fine', details: {} }
          : { kind: 'fail', reason: 'Odd', details: {}, severity: 'info' };
      },
    });
    const vms = ['no-question', 'fine', 'odd'].map((name) => classicVm({ name, id: `/${name}`, endpoints: 3 }));

    const findings = judgeResources([rule], { ...emptyScope, classicVms: fact(vms) });

    expect(findings.map(({ finding }) => finding)).toMatchObject([
      {
        outcome: 'fail',
        severity: 'info',
        message: 'Odd.',
        fix: { text: 'Look at odd.', commands: ['az resource show --ids /odd {endpoints}'] },
      },
    ]);
  });
});
