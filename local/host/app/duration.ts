/** Milliseconds of a .NET time span as host.json writes it: `[d.]hh:mm:ss[.fff]`. Undefined when it is not one. */
export function parseDuration(text: string): number | undefined {
  const match = /^(?:(\d+)\.)?(\d{1,2}):(\d{1,2}):(\d{1,2})(\.\d{1,7})?$/.exec(text);
  if (match === null) return undefined;
  const [days, hours, minutes, seconds, fraction] = match.slice(1).map((part) => Number(part ?? 0));
  if (hours === undefined || hours > 23 || minutes === undefined || minutes > 59) return undefined;
  if (seconds === undefined || seconds > 59) return undefined;
  return ((((days ?? 0) * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000 + Math.round((fraction ?? 0) * 1000);
}
