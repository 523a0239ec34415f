import { randomUUID } from 'node:crypto';

import type { NotificationTarget } from '../domain/notification.ts';
import type { NotifierPorts, TargetState } from './notification-ports.ts';
import type { Stored } from './ports.ts';

/** For so long a target belongs to whoever took or renewed the turn; no request to a target takes longer than a quarter of it. */
const turnSeconds = 120;

/** Whoever finds the turn taken comes back after this many seconds. */
const busySeconds = 10;

/** Somebody else has taken the turn: nothing more may be sent. */
export class TurnLost extends Error {
  override readonly name = 'TurnLost';
}

/** The turn to send to a target: one process at a time has it. */
export interface Turn {
  readonly target: NotificationTarget;
  /** How things stand now. */
  state(): TargetState;
  /** Stores a change, and keeps the turn for longer. Throws `TurnLost`. */
  keep(change: Partial<TargetState>): Promise<void>;
  /** Stores a change, and gives the turn back. */
  end(change: Partial<TargetState>): Promise<void>;
}

type TurnPorts = Pick<NotifierPorts, 'outbox' | 'clock'>;

/** A target that nothing was sent to. */
export function freshState(now: Date): TargetState {
  const at = now.toISOString();
  return { since: at, failures: 0, windowAt: at, windowSent: 0, isHolding: false };
}

/** Takes the turn, or answers for how many seconds somebody else may have it. */
export async function takeTurn(
  { outbox, clock }: TurnPorts,
  target: NotificationTarget,
): Promise<Turn | { readonly busySeconds: number }> {
  const holder = randomUUID();
  const former = (await outbox.state(target)) ?? { value: freshState(clock()) };
  const heldMs = Date.parse(former.value.heldUntil ?? former.value.windowAt) - clock().getTime();
  if (former.value.holder && heldMs > 0) {
    return { busySeconds: Math.min(busySeconds, Math.ceil(heldMs / 1000)) };
  }
  const until = () => new Date(clock().getTime() + turnSeconds * 1000).toISOString();
  const taken = await outbox.saveState(target, {
    ...former,
    value: { ...former.value, holder, heldUntil: until() },
  });
  if (taken?.value.holder !== holder) {
    return { busySeconds };
  }
  let held: Stored<TargetState> = taken;
  async function save(value: TargetState): Promise<void> {
    const saved = await outbox.saveState(target, { ...held, value });
    if (!saved || saved.value.holder !== value.holder) {
      throw new TurnLost(`Somebody else sends to the ${target} now.`);
    }
    held = saved;
  }
  return {
    target,
    state: () => held.value,
    keep: (change) => save({ ...held.value, heldUntil: until(), ...change }),
    async end(change) {
      const { holder: _holder, heldUntil: _until, ...rest } = { ...held.value, ...change };
      // Whether somebody else takes it at once does not matter.
      await outbox.saveState(target, { ...held, value: rest });
    },
  };
}
