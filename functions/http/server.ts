import * as z from 'zod';

import { parseVmId } from '../../lib/domain/ids.ts';
import { type ConflictingRole, conflictingRoles, type ServerHost } from '../../lib/domain/server-host.ts';
import { type ConfirmationAnswer, confirmable } from '../../lib/use-cases/confirm-server.ts';
import { EndOfValidity } from './end-of-validity.ts';
import { Problem } from './problem.ts';

const said = (most: number) => z.string().trim().min(1, 'expected some words').max(most, `at most ${most} characters`);

/** Where a server is found. */
export const ServerAddress = z.object({ serverKey: z.string() });

/** There is no server with a key. */
export function noSuchServer(): Problem {
  return new Problem(404, 'Not found', 'Backstop knows no backup server with this key; GET servers lists them.');
}

/** The body with which an owner confirms what Azure does not show, or takes it back. */
export const NewConfirmation = z.strictObject({
  confirms: z.enum(confirmable).describe('A rule of the checklist, or `host`: the machine on which the server runs.'),
  what: z.enum(['confirmed', 'withdrawn']).default('confirmed'),
  host: z.string().min(1).max(2000).optional().describe("With `host`: the ARM id of a VM, or 'on-premises'."),
  until: EndOfValidity.optional(),
  note: said(2000).optional(),
  by: said(200).optional().describe('Where callers have no names of their own.'),
});

const amount = z.number().min(0).max(100_000_000).optional();
const roles = [...(Object.keys(conflictingRoles) as ConflictingRole[]), 'mabs'] as const;

const Host = z.strictObject({
  where: z.enum(['azure', 'on-premises']),
  cores: z.number().int().min(1).max(10_000).optional(),
  memoryGiB: amount,
  os: said(200).optional(),
  isServerCore: z.boolean().optional(),
  roles: z.array(z.enum(roles)).max(20).optional(),
  isDomainJoined: z.boolean().optional(),
  sqlServer: z.enum(['bundled', 'local', 'remote']).optional(),
  freeGiB: amount,
  scratchGiB: amount,
  cloudDataGiB: amount,
  protectedDataGiB: amount,
  storageGiB: amount,
  canReachAzure: z.boolean().optional(),
});

const Vault = z.strictObject({
  name: z.string().min(1).max(260),
  region: z.string().min(1).max(60).toLowerCase(),
  redundancy: z.enum(['GeoRedundant', 'ZoneRedundant', 'LocallyRedundant']).optional(),
  subscriptionId: z.guid('expected a subscription id').toLowerCase().optional(),
});

/** The body that describes a server before it exists: an Azure VM, a description of a machine, or both. */
export const NewServer = z
  .strictObject({
    vmId: z
      .string()
      .max(2000)
      .refine((id) => parseVmId(id) !== undefined, 'expected the ARM id of a virtual machine')
      .optional(),
    host: Host.optional(),
    vault: Vault.optional(),
  })
  .superRefine(({ vmId, host }, context) => {
    if (vmId === undefined && host === undefined) {
      context.addIssue({ code: 'custom', path: ['host'], message: 'expected a description of the host, or a vmId' });
    }
  });

type Present<T> = { [Key in keyof T as undefined extends T[Key] ? never : Key]: T[Key] } & {
  [Key in keyof T as undefined extends T[Key] ? Key : never]?: Exclude<T[Key], undefined>;
};

/** The same without what is not told. */
export function told<T extends object>(values: T): Present<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Present<T>;
}

/** The host of a description, as the rules read it. */
export function hostOf(described: z.output<typeof Host> | undefined): ServerHost | undefined {
  return described && told(described);
}

/** What was confirmed, or the problem with it. */
export function orConfirmationProblem(
  answer: ConfirmationAnswer,
): Omit<Extract<ConfirmationAnswer, { kind: 'confirmed' }>, 'kind'> {
  switch (answer.kind) {
    case 'confirmed':
      return { confirmation: answer.confirmation, server: answer.server };
    case 'wrong':
      throw new Problem(400, 'Bad request', `${answer.parameter}: ${answer.why}.`, { parameter: answer.parameter });
    case 'not-found':
      throw noSuchServer();
    default: {
      const never: never = answer;
      return never;
    }
  }
}
