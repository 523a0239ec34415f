import * as z from 'zod';

import type { AzurePolicy, PolicyAssignment, PolicyExemption } from '../domain/azure-policy.ts';
import { type ArmId, armId } from '../domain/ids.ts';
import { type Initiative, type Initiatives, nameOf } from './initiative-rows.ts';
import { present, text, texts } from './lenient.ts';
import { type AssignedDefinition, groupDenialOf, type PolicyDefinitions } from './policy-definition-rows.ts';
import { parametersOf } from './policy-expression.ts';

const exemptionType = 'microsoft.authorization/policyexemptions';
/** What comes with Azure belongs to no scope. */
const builtIn = '/providers/microsoft.authorization/';

/** A row of the query `policyAssignments`. */
export const PolicyRow = z.looseObject({
  id: z.string().min(1),
  name: z.string(),
  type: z.string(),
  scope: text,
  notScopes: texts,
  definitionId: text,
  parameters: z.record(z.string(), z.unknown()).nullish().catch(undefined),
  enforcementMode: text,
  assignmentId: text,
  category: text,
  expiresOn: text,
  references: texts,
});
export type PolicyRow = z.infer<typeof PolicyRow>;

/** Ids of the initiatives that are assigned. */
export function assignedInitiatives(rows: readonly PolicyRow[]): readonly ArmId[] {
  const ids = rows.flatMap(({ definitionId }) => (definitionId ? [armId(definitionId)] : []));
  return [...new Set(ids.filter((id) => id.includes('/policysetdefinitions/')))];
}

/** The definitions that a row assigns; an initiative that could not be read stands for itself. */
function assignedBy({ definitionId, parameters }: PolicyRow, initiatives: Initiatives): readonly AssignedDefinition[] {
  const id = armId(definitionId ?? '');
  const initiative = initiatives.get(id);
  if (!initiative) {
    return [{ id, name: nameOf(id), given: parameters }];
  }
  const outer = parametersOf(parameters, initiative.parameters);
  return initiative.members.map((member) => ({ ...member, outer }));
}

/** Ids of the definitions that are assigned, alone or in an initiative, and do not come with Azure. */
export function ownDefinitions(rows: readonly PolicyRow[], initiatives: Initiatives): readonly ArmId[] {
  const ids = rows.flatMap((row) => assignedBy(row, initiatives).map(({ id }) => id));
  const own = ids.filter((id) => id.includes('/policydefinitions/') && !id.startsWith(builtIn));
  return [...new Set(own)];
}

const Parameter = z.looseObject({ value: z.string() });

function textParameters(parameters: PolicyRow['parameters']): Readonly<Record<string, string>> {
  const values = Object.entries(parameters ?? {}).map(([name, raw]) => [name, Parameter.safeParse(raw).data?.value]);
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
}

/** What an assignment or an exemption is put on: it says so, or its id does. */
function scopeOf({ id, scope }: PolicyRow): ArmId {
  const [beforeProvider = ''] = armId(id).split('/providers/microsoft.authorization/');
  return scope ? armId(scope) : armId(beforeProvider);
}

function assignmentOf(row: PolicyRow, initiatives: Initiatives, definitions: PolicyDefinitions): PolicyAssignment {
  const assigned = assignedBy(row, initiatives);
  return {
    id: armId(row.id),
    name: row.name,
    scope: scopeOf(row),
    notScopes: row.notScopes.map(armId),
    definition: nameOf(row.definitionId ?? ''),
    definitions: assigned.map(({ name }) => name),
    groupDenials: assigned.flatMap((each) => groupDenialOf(each, definitions) ?? []),
    parameters: textParameters(row.parameters),
    enforcementMode: row.enforcementMode ?? 'Default',
  };
}

/** Definitions to which an exemption is limited; a name that the initiative does not have stands for itself. */
function limitOf({ references }: PolicyRow, initiative: Initiative | undefined): readonly string[] | undefined {
  if (references.length === 0) {
    return undefined;
  }
  return references.map((name) => {
    const wanted = name.toLowerCase();
    return initiative?.members.find(({ reference }) => reference === wanted)?.name ?? wanted;
  });
}

function exemptionOf(row: PolicyRow, initiativeOf: (assignment: ArmId) => Initiative | undefined): PolicyExemption {
  const assignmentId = armId(row.assignmentId ?? '');
  return {
    id: armId(row.id),
    name: row.name,
    scope: scopeOf(row),
    assignmentId,
    category: row.category ?? '',
    ...present<Partial<PolicyExemption>>({
      expiresOn: row.expiresOn,
      definitions: limitOf(row, initiativeOf(assignmentId)),
    }),
  };
}

/** Assignments and exemptions, with what the initiatives and own definitions come to that could be read. */
export function readAzurePolicy(
  rows: readonly PolicyRow[],
  initiatives: Initiatives,
  definitions: PolicyDefinitions,
): AzurePolicy {
  const isExemption = ({ type }: PolicyRow) => type.toLowerCase() === exemptionType;
  const assignments = rows.filter((row) => !isExemption(row));
  const definitionByAssignment = new Map(assignments.map((row) => [armId(row.id), armId(row.definitionId ?? '')]));
  const initiativeOf = (assignment: ArmId) => initiatives.get(definitionByAssignment.get(assignment) ?? armId(''));
  return {
    assignments: assignments.map((row) => assignmentOf(row, initiatives, definitions)),
    exemptions: rows.filter(isExemption).map((row) => exemptionOf(row, initiativeOf)),
  };
}
