import * as z from 'zod';

import { isVisible, type Visible } from '../domain/caller.ts';
import { parseExemptionScope, scopesOf } from '../domain/exemption-scope.ts';
import { armId } from '../domain/ids.ts';
import { type ExemptionState, exemptionState, type RegisteredExemption } from '../domain/registered-exemption.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import type { ExemptionChange, ExemptionRegister } from './exemption-ports.ts';
import type { Ports } from './ports.ts';

/** An exemption of the register, and how it stands. */
export interface ListedExemption extends RegisteredExemption {
  readonly origin: 'register';
  readonly state: ExemptionState;
}

/** A page of the register and the cursor of the next one; `null` at the end. */
export interface ExemptionPage {
  readonly exemptions: readonly ListedExemption[];
  readonly next: string | null;
}

/** What of the register is asked for; absent fields do not filter. */
export interface ExemptionFilter {
  readonly state?: ExemptionState | undefined;
  /** An ARM id: the exemptions that cover it or lie below it. */
  readonly scope?: string | undefined;
  /** Those whose scope lies in one of these; absent: all. */
  readonly visible?: Visible;
}

const position = { until: z.iso.datetime(), exemptionId: z.string() };
type Position = z.infer<z.ZodObject<typeof position>>;

function concerns(exemption: RegisteredExemption, scope: string): boolean {
  const own = parseExemptionScope(exemption.scope)?.key ?? '';
  const wanted = armId(scope);
  return own.startsWith(`${wanted}/`) || scopesOf({ key: wanted }).some((each) => each === own);
}

function compare(a: Position, b: Position): number {
  return (
    Date.parse(a.until) - Date.parse(b.until) ||
    (a.exemptionId < b.exemptionId ? -1 : Number(a.exemptionId > b.exemptionId))
  );
}

/** What the whole register is read with. */
type WholeRegister = Pick<Ports, 'clock'> & { readonly exemptions: Pick<ExemptionRegister, 'all'> };

/** All exemptions of the register as they stand now; those that end first come first. */
export async function readRegister(
  { exemptions, clock }: WholeRegister,
  noticeDays: number,
): Promise<readonly ListedExemption[]> {
  const now = clock();
  const listed = (await exemptions.all()).map((each): ListedExemption => {
    return { ...each, origin: 'register', state: exemptionState(each, now, noticeDays) };
  });
  return listed.toSorted(compare);
}

/** Exemptions of the register a page at a time; those that end first come first. Throws `WrongCursor`. */
export async function listExemptions(
  ports: Pick<Ports, 'exemptions' | 'clock'>,
  noticeDays: number,
  { state, scope, visible }: ExemptionFilter,
  size: number,
  cursor: string | undefined,
): Promise<ExemptionPage> {
  const query = ['register', state, scope];
  const after = cursor === undefined ? undefined : decodeCursor(query, position, cursor);
  const wanted = (await readRegister(ports, noticeDays))
    .filter((each) => isVisible(visible, parseExemptionScope(each.scope)?.subscriptionId ?? ''))
    .filter((each) => state === undefined || each.state === state)
    .filter((each) => scope === undefined || concerns(each, scope))
    .filter((each) => after === undefined || compare(each, after) > 0);
  const page = wanted.slice(0, size);
  const last = page.at(-1);
  const isMore = last !== undefined && wanted.length > size;
  const { until = '', exemptionId = '' } = last ?? {};
  return { exemptions: page, next: isMore ? encodeCursor(query, { until, exemptionId }) : null };
}

/** An exemption with everything that was done to it, newest first; `undefined` if there is none with this id. */
export async function showExemption(
  { exemptions, clock }: Pick<Ports, 'exemptions' | 'clock'>,
  noticeDays: number,
  exemptionId: string,
): Promise<{ readonly exemption: ListedExemption; readonly changes: readonly ExemptionChange[] } | undefined> {
  const stored = await exemptions.find(exemptionId);
  if (!stored) {
    return undefined;
  }
  const state = exemptionState(stored.value, clock(), noticeDays);
  const exemption: ListedExemption = { ...stored.value, origin: 'register', state };
  return { exemption, changes: await exemptions.changesOf(exemptionId) };
}

/** Exemptions of the register that hold, those of them that end soon, and those whose time is over. */
export interface RegisterCounts {
  readonly valid: number;
  readonly expiring: number;
  readonly expired: number;
}

/** Counts the exemptions of some subscriptions (absent: all) by how they stand; those that somebody ended are left out. */
export async function countRegister(
  ports: WholeRegister,
  noticeDays: number,
  subscriptions: readonly string[] | undefined,
): Promise<RegisterCounts> {
  const all = await readRegister(ports, noticeDays);
  const own = all.filter(
    ({ scope }) =>
      subscriptions === undefined || subscriptions.includes(parseExemptionScope(scope)?.subscriptionId ?? ''),
  );
  const count = (wanted: ExemptionState) => own.filter(({ state }) => state === wanted).length;
  return { valid: count('valid'), expiring: count('expiring'), expired: count('expired') };
}
