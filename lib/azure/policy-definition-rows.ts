import * as z from 'zod';

import type { GroupDenial } from '../domain/azure-policy.ts';
import { type ArmId, armId } from '../domain/ids.ts';
import { text } from './lenient.ts';
import { type Parameters, parametersOf } from './policy-expression.ts';
import { deniedWithoutTag } from './policy-rule.ts';

const DefinitionRow = z.looseObject({
  id: z.string().min(1),
  mode: text,
  policyRule: z.unknown().optional(),
  parameters: z.unknown().optional(),
});

type PolicyDefinition = z.infer<typeof DefinitionRow>;
export type PolicyDefinitions = ReadonlyMap<ArmId, PolicyDefinition>;

/** A definition as it is assigned, alone or within an initiative. */
export interface AssignedDefinition {
  readonly id: ArmId;
  /** GUID or name, lower-cased. */
  readonly name: string;
  /** Its parameters as they are given. */
  readonly given: unknown;
  /** Parameters of the initiative, which those that are given may name. */
  readonly outer?: Parameters;
}

/** A row of the query `policyDefinitions`. */
export function readDefinition(raw: unknown): readonly [ArmId, PolicyDefinition] | undefined {
  const row = DefinitionRow.safeParse(raw);
  return row.success ? [armId(row.data.id), row.data] : undefined;
}

/**
 * Whether an assigned definition denies resource groups without tags. One that was not read is not known to. Only the mode
 * `All` looks at resource groups; no mode is `Indexed` (Azure Policy definition structure).
 */
export function groupDenialOf(
  { id, name, given, outer }: AssignedDefinition,
  definitions: PolicyDefinitions,
): GroupDenial | undefined {
  const definition = definitions.get(id);
  if (definition?.mode?.toLowerCase() !== 'all') {
    return undefined;
  }
  const demand = deniedWithoutTag(definition.policyRule, parametersOf(given, definition.parameters, outer));
  return demand && { definition: name, ...demand };
}
