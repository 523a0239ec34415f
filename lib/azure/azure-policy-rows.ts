import * as z from 'zod';

import type { AzurePolicy, PolicyAssignment, PolicyExemption } from '../domain/azure-policy.ts';
import { type ArmId, armId } from '../domain/ids.ts';
import { present, text, texts } from './lenient.ts';

const exemptionType = 'microsoft.authorization/policyexemptions';

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

const SetRow = z.looseObject({
  id: z.string().min(1),
  definitions: z.array(z.looseObject({ policyDefinitionId: z.string().min(1), policyDefinitionReferenceId: text })),
});

/** The definitions of an initiative by the names under which it refers to them. */
type Initiative = readonly { readonly definition: string; readonly reference: string | undefined }[];
export type Initiatives = ReadonlyMap<ArmId, Initiative>;

function nameOf(id: string): string {
  return armId(id).split('/').at(-1) ?? '';
}

/** A row of the query `policySets`. */
export function readInitiative(raw: unknown): readonly [ArmId, Initiative] | undefined {
  const row = SetRow.safeParse(raw);
  if (!row.success) {
    return undefined;
  }
  const members = row.data.definitions.map(({ policyDefinitionId, policyDefinitionReferenceId }) => ({
    definition: nameOf(policyDefinitionId),
    reference: policyDefinitionReferenceId?.toLowerCase(),
  }));
  return [armId(row.data.id), members];
}

/** Ids of the initiatives that are assigned. */
export function assignedInitiatives(rows: readonly PolicyRow[]): readonly ArmId[] {
  const ids = rows.flatMap(({ definitionId }) => (definitionId ? [armId(definitionId)] : []));
  return [...new Set(ids.filter((id) => id.includes('/policysetdefinitions/')))];
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

function assignmentOf(row: PolicyRow, initiatives: Initiatives): PolicyAssignment {
  const definitionId = armId(row.definitionId ?? '');
  const definition = nameOf(definitionId);
  return {
    id: armId(row.id),
    name: row.name,
    scope: scopeOf(row),
    notScopes: row.notScopes.map(armId),
    definition,
    definitions: initiatives.get(definitionId)?.map((member) => member.definition) ?? [definition],
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
    return initiative?.find(({ reference }) => reference === wanted)?.definition ?? wanted;
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

/** Assignments and exemptions, with what the initiatives come to that could be read. */
export function readAzurePolicy(rows: readonly PolicyRow[], initiatives: Initiatives): AzurePolicy {
  const isExemption = ({ type }: PolicyRow) => type.toLowerCase() === exemptionType;
  const assignments = rows.filter((row) => !isExemption(row));
  const definitionByAssignment = new Map(assignments.map((row) => [armId(row.id), armId(row.definitionId ?? '')]));
  const initiativeOf = (assignment: ArmId) => initiatives.get(definitionByAssignment.get(assignment) ?? armId(''));
  return {
    assignments: assignments.map((row) => assignmentOf(row, initiatives)),
    exemptions: rows.filter(isExemption).map((row) => exemptionOf(row, initiativeOf)),
  };
}
