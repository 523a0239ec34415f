const TICKS_PER_MILLISECOND = 10_000n;
const TICKS_PER_SECOND = 10_000_000n;
const TICKS_PER_DAY = 86_400n * TICKS_PER_SECOND;

const datetimeForm =
  /^\s*(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?)?\s*(Z|[+-]\d{2}:?\d{2})?\s*$/i;
const timespanForm = /^\s*(-)?(?:(\d+)\.)?(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,7}))?)?\s*$/;
const quantityForm = /^\s*(-?\d+(?:\.\d+)?)\s*([a-z]*)\s*$/i;

const unitForms: readonly (readonly [RegExp, number])[] = [
  [/^(d|day|days)$/i, 864_000_000_000],
  [/^(h|hr|hrs|hour|hours)$/i, 36_000_000_000],
  [/^(m|min|minute|minutes)$/i, 600_000_000],
  [/^(s|sec|second|seconds)$/i, 10_000_000],
  [/^(ms|milli|millis|millisecond|milliseconds)$/i, 10_000],
  [/^(micro|micros|microsecond|microseconds)$/i, 10],
  [/^(tick|ticks)$/i, 1],
];

/** Ticks since 1970 of an instant. */
export function ticksOfDate(date: Date): bigint {
  return BigInt(date.getTime()) * TICKS_PER_MILLISECOND;
}

/** Ticks since 1970 of an ISO 8601 text (UTC unless it has an offset), or null. Keeps seven digits of a second. */
export function parseDatetime(text: string): bigint | null {
  const match = datetimeForm.exec(text);
  if (!match) return null;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone] = match;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  // Date.UTC carries 31 February over into March: such a day, and 24:00, is not an instant.
  if (date.getUTCDate() !== Number(day) || date.getUTCMonth() !== Number(month) - 1) return null;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  const seconds = BigInt(Number(hour) * 3600 + Number(minute) * 60 + Number(second));
  return ticksOfDate(date) + seconds * TICKS_PER_SECOND + fractionTicks(fraction) - offsetTicks(zone);
}

function fractionTicks(fraction: string): bigint {
  return BigInt(fraction.slice(0, 7).padEnd(7, '0'));
}

function offsetTicks(zone: string | undefined): bigint {
  if (zone === undefined || zone.toUpperCase() === 'Z') return 0n;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return BigInt(zone.startsWith('-') ? -minutes : minutes) * 60n * TICKS_PER_SECOND;
}

/** Ticks of a time span text such as `1.02:03:04.5`, `1d` or `90min`, or null; a bare number counts days, as in Kusto. */
export function parseTimespan(text: string): bigint | null {
  const match = timespanForm.exec(text);
  if (!match) return parseQuantity(text);
  const [, sign, days = '0', hours, minutes, seconds = '0', fraction = ''] = match;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null;
  const whole = BigInt(Number(days) * 86_400 + Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds));
  const ticks = whole * TICKS_PER_SECOND + fractionTicks(fraction);
  return sign ? -ticks : ticks;
}

function parseQuantity(text: string): bigint | null {
  const [, amount, unit = ''] = quantityForm.exec(text) ?? [];
  if (amount === undefined) return null;
  const factor = unitForms.find(([form]) => form.test(unit === '' ? 'd' : unit))?.[1];
  return factor === undefined ? null : BigInt(Math.round(Number(amount) * factor));
}

function split(ticks: bigint): { readonly seconds: bigint; readonly fraction: string } {
  const rest = ((ticks % TICKS_PER_SECOND) + TICKS_PER_SECOND) % TICKS_PER_SECOND;
  return { seconds: (ticks - rest) / TICKS_PER_SECOND, fraction: rest.toString().padStart(7, '0') };
}

/** An instant as `tostring` writes it: always seven digits. */
export function formatDatetime(ticks: bigint): string {
  const { seconds, fraction } = split(ticks);
  return `${new Date(Number(seconds) * 1000).toISOString().slice(0, 19)}.${fraction}Z`;
}

/** An instant as it stands in an answer: trailing zeros dropped (the exact form Resource Graph uses is unconfirmed). */
export function formatDatetimeForAnswer(ticks: bigint): string {
  return formatDatetime(ticks).replace(/\.?0+Z$/, 'Z');
}

/** A time span as `[-][d.]hh:mm:ss[.fffffff]`. */
export function formatTimespan(ticks: bigint): string {
  const positive = ticks < 0n ? -ticks : ticks;
  const { seconds, fraction } = split(positive % TICKS_PER_DAY);
  const days = positive / TICKS_PER_DAY;
  const clock = new Date(Number(seconds) * 1000).toISOString().slice(11, 19);
  const tail = fraction === '0000000' ? '' : `.${fraction}`;
  return `${ticks < 0n ? '-' : ''}${days === 0n ? '' : `${days}.`}${clock}${tail}`;
}

/** The Date an instant falls in, for calendar arithmetic: cut to milliseconds. */
export function dateOfTicks(ticks: bigint): Date {
  const rest = ((ticks % TICKS_PER_MILLISECOND) + TICKS_PER_MILLISECOND) % TICKS_PER_MILLISECOND;
  return new Date(Number((ticks - rest) / TICKS_PER_MILLISECOND));
}
