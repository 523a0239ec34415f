import { describe, expect, it } from 'vitest';

import type { AzurePolicy, PolicyAssignment } from '../../lib/domain/azure-policy.ts';
import { type ArmId, armId } from '../../lib/domain/ids.ts';
import { bindingAssignments, groupRefusals, parameterOf } from '../../lib/domain/policy-assignment.ts';
import { groupTagDemands } from '../../lib/domain/policy-definitions.ts';
import { hoursAgo, now } from '../rules/healthy-vm.ts';
import {
  allowedLocations,
  assignment,
  azurePolicy,
  backupAudit,
  exemption,
  groupId,
  groupTag,
  groupTagWithValue,
  managementGroup,
  ownDenial,
  subscriptionScope,
  vmGroup,
} from './policy-sample.ts';

const points = groupId('AzureBackupRG_westeurope_1');

function namesOf(policy: AzurePolicy, resource: ArmId = points): readonly string[] {
  return bindingAssignments(resource, groupTagDemands, policy, now).map(({ name }) => name);
}

describe('bindingAssignments', () => {
  const one = (change: Partial<PolicyAssignment>, definition = groupTag) =>
    azurePolicy([assignment(definition, change)]);

  it.each<[string, AzurePolicy, boolean]>([
    ['nothing', azurePolicy([]), false],
    ['one of the definitions', one({}), true],
    ['the other one of the definitions', one({}, groupTagWithValue), true],
    ['another definition', one({}, allowedLocations), false],
    ['a management group', one({ scope: managementGroup }), true],
    ['the group itself', one({ scope: points }), true],
    ['another group', one({ scope: vmGroup }), false],
    ['a group whose name begins alike', one({ scope: groupId('AzureBackupRG_westeurope_') }), false],
    ['another subscription', one({ scope: armId(`${subscriptionScope}1`) }), false],
    ['a subscription that is left out', one({ scope: managementGroup, notScopes: [subscriptionScope] }), false],
    ['a group that is left out', one({ notScopes: [points] }), false],
    ['another group that is left out', one({ notScopes: [vmGroup] }), true],
    ['another management group that is left out', one({ notScopes: [managementGroup] }), true],
    ['not enforced', one({ enforcementMode: 'DoNotEnforce' }), false],
    ['not enforced in another case', one({ enforcementMode: 'DONOTENFORCE' }), false],
    ['switched off', one({ parameters: { effect: 'Disabled' } }), false],
    ['only an audit, by a parameter in another case', one({ parameters: { Effect: 'AUDIT' } }), false],
    ['the effect said once more', one({ parameters: { effect: 'DENY' } }), true],
    [
      'an initiative with one of the definitions',
      one({ definition: 'set', definitions: [allowedLocations, groupTag], parameters: { effect: 'Audit' } }),
      true,
    ],
    ['an initiative without any of them', one({ definitions: [allowedLocations, backupAudit] }), false],
  ])('%s', (_what, policy, expected) => {
    expect(namesOf(policy)).toEqual(expected ? ['require'] : []);
  });

  const tag = assignment(groupTag);
  const initiative = assignment('set', { definitions: [groupTag, groupTagWithValue] });

  it.each<[string, AzurePolicy, boolean]>([
    ['of the subscription', azurePolicy([tag], [exemption(tag, { scope: subscriptionScope })]), false],
    ['of another group', azurePolicy([tag], [exemption(tag, { scope: vmGroup })]), true],
    [
      'of another assignment',
      azurePolicy([tag], [exemption(initiative, { scope: points, assignmentId: points })]),
      true,
    ],
    ['that has ended', azurePolicy([tag], [exemption(tag, { scope: points, expiresOn: hoursAgo(0) })]), true],
    ['that has not ended', azurePolicy([tag], [exemption(tag, { scope: points, expiresOn: hoursAgo(-1) })]), false],
    ['of an initiative', azurePolicy([initiative], [exemption(initiative, { scope: points })]), false],
    [
      'of a part of an initiative',
      azurePolicy([initiative], [exemption(initiative, { scope: points, definitions: [groupTag] })]),
      true,
    ],
    [
      'of both parts of an initiative',
      azurePolicy(
        [initiative],
        [groupTag, groupTagWithValue].map((each) => exemption(initiative, { scope: points, definitions: [each] })),
      ),
      false,
    ],
  ])('an exemption %s', (_what, policy, expected) => {
    expect(namesOf(policy)).toEqual(expected ? ['require'] : []);
  });

  it('lists them by their ids', () => {
    const names = ['b', 'c', 'a'].map((name) => assignment(groupTag, { name }));

    expect(namesOf(azurePolicy(names))).toEqual(['a', 'b', 'c']);
  });
});

describe('groupRefusals', () => {
  const own = ownDenial();
  const both = assignment('set', {
    definitions: [groupTag, 'own'],
    groupDenials: [{ definition: 'own' }],
  });
  const exemptFrom = (definitions: readonly string[]) =>
    azurePolicy([both], [exemption(both, { scope: points, definitions })]);

  it.each<[string, AzurePolicy, boolean]>([
    ['one of the built-ins', azurePolicy([assignment(groupTag)]), true],
    ['an own definition that denies', azurePolicy([own]), true],
    ['an own definition that does not', azurePolicy([ownDenial({ groupDenials: [] })]), false],
    [
      'an own definition whose parameter is called like the effect of others',
      azurePolicy([ownDenial({ parameters: { effect: 'Audit' } })]),
      true,
    ],
    ['an own definition on another group', azurePolicy([ownDenial({ scope: vmGroup })]), false],
    ['an own definition that is not enforced', azurePolicy([ownDenial({ enforcementMode: 'DoNotEnforce' })]), false],
    ['an exemption', azurePolicy([own], [exemption(own, { scope: subscriptionScope })]), false],
    ['an exemption from the built-in of an initiative', exemptFrom([groupTag]), true],
    ['an exemption from the own definition of an initiative', exemptFrom(['own']), true],
    ['an exemption from both', exemptFrom([groupTag, 'own']), false],
  ])('%s', (_what, policy, expected) => {
    expect(groupRefusals(points, policy, now)).toEqual(expected ? policy.assignments : []);
  });

  it('lists them by their ids', () => {
    const names = ['b', 'c', 'a'].map((name) => ownDenial({ name }));

    expect(groupRefusals(points, azurePolicy(names), now).map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  });
});

describe('parameterOf', () => {
  it('finds a parameter in any case', () => {
    expect(parameterOf(assignment(groupTag, { parameters: { TAGNAME: 'owner' } }), 'tagName')).toBe('owner');
  });

  it('finds none that is not there', () => {
    expect(parameterOf(assignment(groupTag), 'tagName')).toBeUndefined();
  });
});
