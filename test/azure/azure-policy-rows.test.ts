import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { assignedInitiatives, PolicyRow, readAzurePolicy, readInitiative } from '../../lib/azure/azure-policy-rows.ts';
import { mutationsOf } from './mutations.ts';

const group = '/providers/Microsoft.Management/managementGroups/mg-corp';
const subscription = '/subscriptions/0c2f8a11-5a9e-4f0e-9a53-6f1d7f5f0001';
const audit = '013e242c-8828-4970-87b3-ab247555486d';
const definitionId = `/providers/Microsoft.Authorization/policyDefinitions/${audit.toUpperCase()}`;
const initiativeId = `${subscription}/providers/Microsoft.Authorization/policySetDefinitions/Backup`;

const assignment = {
  id: `${group}/providers/Microsoft.Authorization/policyAssignments/Audit`,
  name: 'Audit',
  type: 'microsoft.authorization/policyassignments',
  scope: group,
  notScopes: [`${subscription}/resourceGroups/RG-Lab`],
  definitionId,
  parameters: { effect: { value: 'Disabled' }, tags: { value: ['a'] }, broken: 5 },
  enforcementMode: 'DoNotEnforce',
};
const exemption = {
  id: `${subscription}/resourceGroups/RG/providers/Microsoft.Authorization/policyExemptions/Waived`,
  name: 'Waived',
  type: 'Microsoft.Authorization/policyExemptions',
  scope: '',
  assignmentId: assignment.id.toUpperCase(),
  category: 'Waiver',
  expiresOn: '2026-12-31T00:00:00Z',
};
const initiative = {
  id: initiativeId,
  definitions: [
    { policyDefinitionId: definitionId, policyDefinitionReferenceId: 'AuditBackup' },
    { policyDefinitionId: '/x/policyDefinitions/Other' },
  ],
};

function read(rows: readonly object[], sets: readonly unknown[] = []) {
  const initiatives = new Map(sets.flatMap((set) => [readInitiative(set)].flatMap((each) => (each ? [each] : []))));
  return readAzurePolicy(
    rows.map((row) => PolicyRow.parse(row)),
    initiatives,
  );
}

test('an assignment is told with its scope, its definition and its texts', () => {
  expect(read([assignment]).assignments).toEqual([
    {
      id: assignment.id.toLowerCase(),
      name: 'Audit',
      scope: group.toLowerCase(),
      notScopes: [`${subscription}/resourcegroups/rg-lab`],
      definition: audit,
      definitions: [audit],
      parameters: { effect: 'Disabled' },
      enforcementMode: 'DoNotEnforce',
    },
  ]);
});

test('an assignment that says little is enforced where its id puts it', () => {
  const { scope: _, notScopes: __, parameters: ___, enforcementMode: ____, ...little } = assignment;

  expect(read([little]).assignments).toMatchObject([
    { scope: group.toLowerCase(), notScopes: [], parameters: {}, enforcementMode: 'Default' },
  ]);
});

test('an initiative comes to its definitions, if it could be read', () => {
  const ofInitiative = { ...assignment, definitionId: initiativeId };

  expect(assignedInitiatives([PolicyRow.parse(ofInitiative), PolicyRow.parse(assignment)])).toEqual([
    initiativeId.toLowerCase(),
  ]);
  expect(read([ofInitiative], [initiative]).assignments).toMatchObject([
    { definition: 'backup', definitions: [audit, 'other'] },
  ]);
  expect(read([ofInitiative]).assignments).toMatchObject([{ definition: 'backup', definitions: ['backup'] }]);
});

describe('an exemption', () => {
  test('is told with its assignment, its scope and its end', () => {
    expect(read([assignment, exemption]).exemptions).toEqual([
      {
        id: exemption.id.toLowerCase(),
        name: 'Waived',
        scope: `${subscription}/resourcegroups/rg`,
        assignmentId: assignment.id.toLowerCase(),
        category: 'Waiver',
        expiresOn: '2026-12-31T00:00:00Z',
      },
    ]);
  });

  test.each([
    [[], undefined],
    [['auditbackup'], [audit]],
    [
      ['auditbackup', 'Gone'],
      [audit, 'gone'],
    ],
  ])('limited to %j is limited to %j', (references, definitions) => {
    const rows = [
      { ...assignment, definitionId: initiativeId },
      { ...exemption, references },
    ];

    expect(read(rows, [initiative]).exemptions[0]?.definitions).toEqual(definitions);
  });

  test('without an end has none', () => {
    expect(read([{ ...exemption, expiresOn: '' }]).exemptions[0]).not.toHaveProperty('expiresOn');
  });
});

test.each([[null], [{}], [{ id: 'x' }], [{ id: 'x', definitions: [{}] }], [{ id: '', definitions: [] }]])(
  '%j is no initiative',
  (raw) => {
    expect(readInitiative(raw)).toBeUndefined();
  },
);

test('no broken row makes a parser throw', () => {
  fc.assert(
    fc.property(fc.oneof(...[assignment, exemption, initiative].map(mutationsOf), fc.anything()), (raw) => {
      const row = PolicyRow.safeParse(raw);
      const policy = readAzurePolicy(row.success ? [row.data] : [], new Map());
      expect(policy.assignments.length + policy.exemptions.length).toBe(row.success ? 1 : 0);
      expect([undefined, 2]).toContain(readInitiative(raw)?.length);
    }),
    { numRuns: 400 },
  );
});
