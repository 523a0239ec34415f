import * as z from 'zod';

import { parseVmId, type VmAddress } from '../domain/ids.ts';
import type { ChangeMessage, CheckMessage, EvaluateMessage } from './ports.ts';

const waited = { dueAt: z.iso.datetime().optional(), bulkAt: z.iso.datetime().optional() };

const Change: z.ZodType<ChangeMessage> = z.strictObject({
  vmId: z.string(),
  change: z.enum(['written', 'deleted']),
  changedAt: z.iso.datetime(),
  eventId: z.string(),
  ...waited,
});

const Check: z.ZodType<CheckMessage> = z.strictObject({
  vmId: z.string(),
  checkAt: z.iso.datetime(),
  bornAt: z.iso.datetime(),
  ...waited,
});

/** A message of the queue `evaluate-vm` with the VM that it is about, or why nobody can understand it. */
export type ReadEvaluateMessage =
  | { readonly kind: 'understood'; readonly vm: VmAddress; readonly message: EvaluateMessage }
  | { readonly kind: 'strange'; readonly why: string };

/** What is wrong with a message, part by part. */
export function problemsOf(error: z.ZodError): string {
  return error.issues.map(({ path, message }) => `${path.join('.') || 'message'}: ${message}`).join('; ');
}

function isCheck(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'checkAt' in message;
}

/** Reads a message of the queue `evaluate-vm`, of this version or an earlier one. */
export function readEvaluateMessage(raw: unknown): ReadEvaluateMessage {
  const parsed = isCheck(raw) ? Check.safeParse(raw) : Change.safeParse(raw);
  if (!parsed.success) {
    return { kind: 'strange', why: problemsOf(parsed.error) };
  }
  const vm = parseVmId(parsed.data.vmId);
  return vm ? { kind: 'understood', vm, message: parsed.data } : { kind: 'strange', why: 'vmId: not the id of a VM' };
}

/** The instant that the evidence of a row has to reach, so that a message is a no-op: its change, or its check. */
export function wantedInstant(message: EvaluateMessage): string {
  return 'checkAt' in message ? message.checkAt : message.changedAt;
}
