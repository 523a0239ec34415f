import { describe, expect, it } from 'vitest';

import { environmentOf, requirementsOf, settingsOf } from '../../lib/domain/environment.ts';
import type { Tags } from '../../lib/domain/machine.ts';
import { fact, settings, unread } from '../rules/healthy-vm.ts';

describe('environmentOf', () => {
  it.each<[string, readonly Tags[], string]>([
    ['no tag anywhere: the default', [{}, {}, {}], 'prod'],
    ['a tag of the VM', [{ environment: 'dev' }, { environment: 'test' }, {}], 'dev'],
    ['a tag of the resource group', [{}, { environment: 'test' }, { environment: 'prod' }], 'test'],
    ['a tag of the subscription', [{}, {}, { env: 'sandbox' }], 'sandbox'],
    ['names in any case', [{ ENV: 'Dev' }], 'dev'],
    ['the first name of the settings before the second', [{ env: 'test', environment: 'dev' }], 'dev'],
    ['the second name on the VM before the first name on its group', [{ env: 'test' }, { environment: 'dev' }], 'test'],
    ['an empty value says nothing', [{ environment: '' }, { environment: 'dev' }], 'dev'],
  ])('%s', (_what, tags, expected) => {
    expect(environmentOf(tags, settings)).toBe(expected);
  });

  it('gives the default in lower case', () => {
    expect(environmentOf([], { ...settings, defaultEnvironment: 'Production' })).toBe('production');
  });
});

const own = {
  ...settings,
  rpoHours: 24,
  environments: { NonProd: { rpoHours: 192 }, sandbox: {}, dev: { rpoHours: undefined } },
};

describe('settingsOf', () => {
  it.each([
    ['prod', 24],
    ['nonprod', 192],
    ['sandbox', 24],
    ['dev', 24],
    ['constructor', 24],
  ])('%s', (environment, hours) => {
    expect(settingsOf(environment, own).rpoHours).toBe(hours);
  });
});

describe('requirementsOf', () => {
  const none = fact([{}, {}]);

  it('needs no tag where environments do not differ', () => {
    expect(requirementsOf({ tags: unread, inheritedTags: unread }, settings)).toEqual({
      kind: 'known',
      environment: 'prod',
      settings,
    });
  });

  it('does not need inherited tags where the VM has its own', () => {
    const tags = fact({ env: 'nonprod' });

    expect(requirementsOf({ tags, inheritedTags: unread }, own)).toMatchObject({
      kind: 'known',
      environment: 'nonprod',
      settings: { rpoHours: 192 },
    });
  });

  it.each([
    ['tags of the VM', { tags: unread, inheritedTags: none }],
    ['inherited tags', { tags: fact({}), inheritedTags: unread }],
  ])('is unknown without the %s that could change it', (_what, facts) => {
    expect(requirementsOf(facts, own)).toEqual(unread);
  });
});
