import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { assignedInitiatives, ownDefinitions, PolicyRow, readAzurePolicy } from '../../lib/azure/azure-policy-rows.ts';
import { readInitiative } from '../../lib/azure/initiative-rows.ts';
import { readDefinition } from '../../lib/azure/policy-definition-rows.ts';
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

const ownId = `${group}/providers/Microsoft.Authorization/policyDefinitions/Cost-Centre`;
const isGroup = { field: 'type', equals: 'Microsoft.Resources/subscriptions/resourceGroups' };
/** Denies if its parameter says so; audits unless an assignment says otherwise. */
const own = {
  id: ownId,
  mode: 'All',
  parameters: { effect: { defaultValue: 'Audit' }, tagName: { defaultValue: 'costcenter' } },
  policyRule: Object.fromEntries([
    ['if', { allOf: [isGroup, { field: "[concat('tags[', parameters('tagName'), ']')]", exists: 'false' }] }],
    ['then', { effect: "[parameters('effect')]" }],
  ]),
};

function byId<T>(raws: readonly unknown[], readRow: (raw: unknown) => T | undefined): readonly T[] {
  return raws.map(readRow).filter((row) => row !== undefined);
}

function read(rows: readonly object[], sets: readonly unknown[] = [], definitions: readonly unknown[] = []) {
  return readAzurePolicy(
    rows.map((row) => PolicyRow.parse(row)),
    new Map(byId(sets, readInitiative)),
    new Map(byId(definitions, readDefinition)),
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
      groupDenials: [],
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

test('only definitions that do not come with Azure are own ones', () => {
  const rows = [
    assignment,
    exemption,
    { ...assignment, definitionId: ownId },
    { ...assignment, definitionId: ownId.toUpperCase() },
    { ...assignment, definitionId: initiativeId },
  ].map((row) => PolicyRow.parse(row));
  const other = `${subscription}/providers/Microsoft.Authorization/policyDefinitions/Other`;
  const set = { ...initiative, definitions: [{ policyDefinitionId: definitionId }, { policyDefinitionId: other }] };

  expect(ownDefinitions(rows, new Map())).toEqual([ownId.toLowerCase()]);
  expect(ownDefinitions(rows, new Map(byId([set], readInitiative)))).toEqual(
    [ownId, other].map((id) => id.toLowerCase()),
  );
});

describe('an own definition denies groups without a tag', () => {
  const assigned = (parameters: object, definitions: readonly unknown[] = [own]) =>
    read([{ ...assignment, definitionId: ownId, parameters }], [], definitions).assignments[0]?.groupDenials;
  const denial = { definition: 'cost-centre', tag: 'costcenter' };

  test('if the assignment chooses so', () => {
    expect(assigned({ effect: { value: 'Deny' } })).toEqual([denial]);
    expect(assigned({ EFFECT: { value: 'deny' }, TagName: { value: 'owner' } })).toEqual([{ ...denial, tag: 'owner' }]);
    expect(assigned({ effect: { value: 'Disabled' } })).toEqual([]);
  });

  test('if the definition does, and the assignment says nothing', () => {
    expect(assigned({})).toEqual([]);
    expect(assigned({}, [{ ...own, parameters: { ...own.parameters, effect: { defaultValue: 'Deny' } } }])).toEqual([
      denial,
    ]);
  });

  test('if it could be read', () => {
    expect(assigned({ effect: { value: 'Deny' } }, [])).toEqual([]);
    expect(assigned({ effect: { value: 'Deny' } }, [{ ...own, policyRule: null }])).toEqual([]);
  });

  test.each([
    ['all', 1],
    ['Indexed', 0],
    ['', 0],
    ['Microsoft.KeyVault.Data', 0],
  ])('if its mode looks at groups: %j', (mode, expected) => {
    expect(assigned({ effect: { value: 'Deny' } }, [{ ...own, mode }])).toHaveLength(expected);
  });

  const inSet = (given: object | undefined, parameters: object, chosen: object) => {
    const definitions = [{ policyDefinitionId: definitionId }, { policyDefinitionId: ownId, parameters: given }];
    const row = { ...assignment, definitionId: initiativeId, parameters: chosen };
    return read([row], [{ ...initiative, definitions, parameters }], [own]).assignments[0]?.groupDenials;
  };
  const handedOn = { effect: { value: "[parameters('TagEffect')]" } };

  test.each([
    ['says so itself', { effect: { value: 'Deny' } }, {}, {}, [denial]],
    ['leaves it to the definition', undefined, {}, { effect: { value: 'Deny' } }, []],
    ['hands on what the assignment chooses', handedOn, {}, { tagEffect: { value: 'Deny' } }, [denial]],
    ['hands on its own default', handedOn, { tageffect: { defaultValue: 'Deny' } }, {}, [denial]],
    ['hands on what nobody says', handedOn, {}, {}, []],
    [
      'hands on another effect than its default',
      handedOn,
      { tagEffect: { defaultValue: 'Deny' } },
      { tagEffect: { value: 'Audit' } },
      [],
    ],
  ])('in an initiative that %s', (_what, given, parameters, chosen, expected) => {
    expect(inSet(given, parameters, chosen)).toEqual(expected);
  });
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

test.each([[null], [{}], ['x'], [{ id: '' }]])('%j is no definition', (raw) => {
  expect(readDefinition(raw)).toBeUndefined();
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
      const policy = readAzurePolicy(row.success ? [row.data] : [], new Map(), new Map());
      expect(policy.assignments.length + policy.exemptions.length).toBe(row.success ? 1 : 0);
      expect([undefined, 2]).toContain(readInitiative(raw)?.length);
    }),
    { numRuns: 400 },
  );
});

test('no broken definition makes a parser throw', () => {
  const row = { ...assignment, definitionId: ownId, parameters: { effect: { value: 'Deny' } } };

  fc.assert(
    fc.property(fc.oneof(mutationsOf(own), fc.anything()), (raw) => {
      const denials = read([row], [], [raw]).assignments[0]?.groupDenials;
      expect(denials?.map(({ definition }) => definition)).toEqual(denials?.length === 0 ? [] : ['cost-centre']);
    }),
    { numRuns: 400 },
  );
});
