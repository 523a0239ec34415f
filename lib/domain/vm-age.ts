import type { Machine } from './machine.ts';
import { untilOthers } from './memo.ts';

/** A VM younger than this is still being set up: what it does not report yet says nothing. */
const tooNewMinutes = 30;

/** Whether a VM is younger than 30 minutes, as far as Azure tells when it was created. */
export const isTooNew = untilOthers(
  ({ timeCreated }: Pick<Machine, 'timeCreated'>, now: Date): boolean =>
    (now.getTime() - Date.parse(timeCreated ?? '')) / 60_000 < tooNewMinutes,
);
