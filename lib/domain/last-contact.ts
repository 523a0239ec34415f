import type { BackupEngine, ServerItem } from './backup-engine.ts';
import { type Fact, known, unknown } from './fact.ts';
import type { ServerSheet } from './server-sheet.ts';

/** The newest sign of a server: what it told of itself, or of one of its items. */
export function newestSign(engine: BackupEngine, items: readonly ServerItem[]): string | undefined {
  const signs = [engine.extendedInfo?.refreshedAt, ...items.map(({ refreshedAt }) => refreshedAt)];
  return signs
    .filter((sign) => sign !== undefined)
    .toSorted()
    .at(-1);
}

/** When a server was last in touch with Azure, as far as its vault shows. */
export function lastContactOf({ engine, items }: Pick<ServerSheet, 'engine' | 'items'>): Fact<string> {
  if (engine.kind === 'unknown') {
    return engine;
  }
  if (engine.value === 'planned') {
    return unknown('not-due-yet', 'The server is not installed yet.');
  }
  const sign = newestSign(engine.value, items.kind === 'known' ? items.value : []);
  return sign === undefined
    ? unknown('not-reported', `Azure does not tell when ${engine.value.hostName} was last in touch.`)
    : known(sign, engine.source);
}
