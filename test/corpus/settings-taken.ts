import { isDeepStrictEqual } from 'node:util';

import { judgementSettings, type Setting } from '../../lib/app-settings.ts';
import type { Estate } from '../../local/estates/estate.ts';
import { estateSettings } from '../../local/neighbourhood.ts';

const settings: ReadonlyMap<string, Setting<unknown>> = new Map(Object.entries(judgementSettings));

/** The app may bring names into one spelling; that is no loss. */
function spelt(value: unknown): unknown {
  const text = JSON.stringify(value)?.toLowerCase().replaceAll(' ', '');
  return text === undefined ? undefined : JSON.parse(text);
}

/** What of the settings of an estate does not reach the judgement as it was meant, one line each. */
export function lostSettings(estate: Pick<Estate, 'settings'>): readonly string[] {
  const texts = estateSettings(estate);
  return Object.entries(estate.settings).flatMap(([key, value]) => {
    const setting = settings.get(key);
    if (!setting) {
      return [`settings.${key}: Backstop has no such setting.`];
    }
    const taken = setting.schema.safeParse(texts[setting.name]);
    if (!taken.success) {
      return [`settings.${key}: Backstop refuses it: ${taken.error.issues.map(({ message }) => message).join('; ')}.`];
    }
    return isDeepStrictEqual(spelt(taken.data), spelt(value))
      ? []
      : [`settings.${key}: ${JSON.stringify(value)} reaches Backstop as ${JSON.stringify(taken.data)}.`];
  });
}
