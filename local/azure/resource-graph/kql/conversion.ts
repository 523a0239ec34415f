import { formatDatetime, formatTimespan, parseDatetime, parseTimespan } from './ticks.ts';
import type { ColumnType, Value } from './value.ts';

/** A cell as text: '' for null, JSON for arrays and bags. That a bool reads `true` and not `True` is unconfirmed. */
export function toText(value: Value, type: ColumnType): string {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return '';
  if (typeof value === 'bigint') return type === 'timespan' ? formatTimespan(value) : formatDatetime(value);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** A cell as real: numbers in text are read, time spans and instants become ticks. null when it is no number. */
export function toReal(value: Value): number | null {
  switch (typeof value) {
    case 'number':
      return value;
    case 'boolean':
      return value ? 1 : 0;
    case 'bigint':
      return Number(value);
    case 'string':
      return /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(value) ? Number(value) : null;
    default:
      return null;
  }
}

/** A cell as whole number between two bounds: a real is cut, but a text with a fraction is null. */
export function toWhole(value: Value, limit: number): number | null {
  if (typeof value === 'string' && !/^\s*[+-]?\d+\s*$/.test(value)) return null;
  const real = toReal(value);
  if (real === null || !Number.isFinite(real)) return null;
  const whole = Math.trunc(real);
  return whole >= -limit - 1 && whole <= limit ? whole : null;
}

/** A cell as bool: `true` and `false` in any case, numbers by being zero or not; anything else is null. */
export function toBool(value: Value): boolean | null {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return value !== 0;
  if (typeof value !== 'string') return null;
  const text = value.trim().toLowerCase();
  return text === 'true' ? true : text === 'false' ? false : null;
}

/** A cell as instant; only text and instants have one. */
export function toDatetime(value: Value, type: ColumnType): bigint | null {
  if (typeof value === 'bigint') return type === 'datetime' ? value : null;
  return typeof value === 'string' ? parseDatetime(value) : null;
}

/** A cell as time span; only text and time spans have one. */
export function toTimespan(value: Value, type: ColumnType): bigint | null {
  if (typeof value === 'bigint') return type === 'timespan' ? value : null;
  return typeof value === 'string' ? parseTimespan(value) : null;
}

/** A cell as JSON: instants and time spans become text, everything else stays as it is. */
export function toDynamic(value: Value, type: ColumnType): Value {
  return typeof value === 'bigint' ? toText(value, type) : (value ?? null);
}

const INT_MAX = 2 ** 31 - 1;
const LONG_MAX = 2 ** 63;

/** Converts a cell from one type to another the way the `to...` functions do. */
export function convert(value: Value, from: ColumnType, to: ColumnType): Value {
  switch (to) {
    case 'string':
      return toText(value, from);
    case 'int':
      return toWhole(value, INT_MAX);
    case 'long':
      return toWhole(value, LONG_MAX);
    case 'real':
      return toReal(value);
    case 'bool':
      return toBool(value);
    case 'datetime':
      return toDatetime(value, from);
    case 'timespan':
      return toTimespan(value, from);
    case 'dynamic':
      return toDynamic(value, from);
  }
}

/**
 * Reads a JSON cell as the type it is compared or combined with. Unlike the `to...` functions a number in quotes stays
 * text, so that it does not equal the number (unconfirmed).
 */
export function castDynamic(value: Value, to: ColumnType): Value {
  if (value === null || value === undefined) return null;
  if (to === 'string') return toText(value, 'dynamic');
  if (to === 'bool') return typeof value === 'boolean' ? value : null;
  if (to === 'datetime' || to === 'timespan') return convert(value, 'dynamic', to);
  return typeof value === 'number' ? value : null;
}
