import { ArmError } from './arm-error.ts';
import type { ArmRequest } from './route.ts';

const term = /^\s*(\w+)\s+eq\s+'((?:[^']|'')*)'\s*$/i;

/**
 * The `$filter` of a Backup list, `a eq 'x' and b eq 'y'`, as pairs with lower-cased keys. Throws 400 on keys outside
 * `known`, so that nobody relies on a filter that is not applied here.
 */
export function backupFilter(request: ArmRequest, known: readonly string[]): ReadonlyMap<string, string> {
  const filter = request.query.get('$filter')?.trim() ?? '';
  if (filter === '') return new Map();
  return new Map(
    filter.split(/\s+and\s+/i).map((text) => {
      const [, key = '', value = ''] = term.exec(text) ?? [];
      if (!known.some((each) => each.toLowerCase() === key.toLowerCase())) {
        throw new ArmError(400, 'BMSUserErrorInvalidInput', `Filter not understood: ${text}`);
      }
      return [key.toLowerCase(), value.replaceAll("''", "'")];
    }),
  );
}

/** A time in a Backup filter, `2026-11-19 00:00:00 AM` in UTC, in milliseconds. */
export function backupFilterTime(text: string): number {
  const [, date = '', hours = '', rest = '', half = ''] =
    /^(\d{4}-\d\d-\d\d) (\d\d):(\d\d:\d\d) ?([AP]M)?$/i.exec(text) ?? [];
  const hour = half.toUpperCase() === 'PM' && Number(hours) < 12 ? Number(hours) + 12 : Number(hours);
  const time = Date.parse(`${date}T${String(hour).padStart(2, '0')}:${rest}Z`);
  if (Number.isNaN(time)) throw new ArmError(400, 'BMSUserErrorInvalidInput', `Time not understood: ${text}`);
  return time;
}
