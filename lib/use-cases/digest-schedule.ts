import { Cron } from 'croner';

function cronOf(schedule: string): Cron {
  return new Cron(schedule, { timezone: 'UTC', mode: '6-part', paused: true });
}

/** What is wrong with a schedule of six fields; `undefined` if nothing is. */
export function problemOfSchedule(schedule: string): string | undefined {
  try {
    cronOf(schedule);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** When the schedule comes for the first time on the day of an instant (UTC), if it has come by then. */
export function dueSince(schedule: string, now: Date): Date | undefined {
  const midnight = new Date(now);
  midnight.setUTCHours(0, 0, 0, 0);
  const first = cronOf(schedule).nextRun(new Date(midnight.getTime() - 1000));
  return first && first <= now ? first : undefined;
}
