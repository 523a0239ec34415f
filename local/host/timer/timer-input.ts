import type { TypedData } from '../app/contract.ts';
import { dotnetDate } from '../invocation/trigger-metadata.ts';
import type { ScheduleStatus } from './schedule-status.ts';

/** The input of a timer function. The status is null when the monitor is off. */
export function toTimerInput(status: ScheduleStatus | undefined, isPastDue: boolean): TypedData {
  const scheduleStatus = status && {
    Last: dotnetDate(status.last),
    LastUpdated: dotnetDate(status.lastUpdated),
    Next: dotnetDate(status.next),
  };
  return {
    json: JSON.stringify({
      Schedule: { AdjustForDST: true },
      ScheduleStatus: scheduleStatus ?? null,
      IsPastDue: isPastDue,
    }),
  };
}
