import * as z from 'zod';

import { type ArmId, armId } from '../domain/ids.ts';
import { text } from './lenient.ts';

const SetRow = z.looseObject({
  id: z.string().min(1),
  definitions: z.array(
    z.looseObject({
      policyDefinitionId: z.string().min(1),
      policyDefinitionReferenceId: text,
      parameters: z.unknown().optional(),
    }),
  ),
  parameters: z.unknown().optional(),
});

/** A definition within an initiative. */
interface Member {
  readonly id: ArmId;
  /** GUID or name, lower-cased. */
  readonly name: string;
  /** The name under which the initiative refers to it, lower-cased. */
  readonly reference: string | undefined;
  /** Its parameters as the initiative gives them. */
  readonly given: unknown;
}

/** An initiative: its definitions, and the parameters that it declares. */
export interface Initiative {
  readonly members: readonly Member[];
  readonly parameters: unknown;
}
export type Initiatives = ReadonlyMap<ArmId, Initiative>;

/** GUID or name of a definition, lower-cased. */
export function nameOf(id: string): string {
  return armId(id).split('/').at(-1) ?? '';
}

/** A row of the query `policySets`. */
export function readInitiative(raw: unknown): readonly [ArmId, Initiative] | undefined {
  const row = SetRow.safeParse(raw);
  if (!row.success) {
    return undefined;
  }
  const members = row.data.definitions.map(({ policyDefinitionId, policyDefinitionReferenceId, parameters }) => ({
    id: armId(policyDefinitionId),
    name: nameOf(policyDefinitionId),
    reference: policyDefinitionReferenceId?.toLowerCase(),
    given: parameters,
  }));
  return [armId(row.data.id), { members, parameters: row.data.parameters }];
}
