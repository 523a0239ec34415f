/** Hours between an instant (ISO 8601) and now; `undefined` if the text is no instant. */
export function hoursSince(instant: string, now: Date): number | undefined {
  const hours = (now.getTime() - Date.parse(instant)) / 3_600_000;
  return Number.isNaN(hours) ? undefined : hours;
}

/** Hours for a reader, to a hundredth: one minute over a limit is to be seen. */
export function hoursText(hours: number): string {
  return String(Math.round(hours * 100) / 100);
}
