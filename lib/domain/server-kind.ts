import { productOf } from './backup-engine.ts';
import { cannotTell } from './rule.ts';
import type { ServerFacts, ServerSheet } from './server-sheet.ts';

type Engine = ServerFacts['engine'];

/** For questions about what a server does once it is installed. */
export function isInstalled({ engine }: ServerSheet): true | string {
  return engine.kind === 'known' && engine.value === 'planned' ? 'The server is not installed yet.' : true;
}

/** For requirements of Azure Backup Server that DPM does not share. */
export function isNoDpm({ engine }: ServerSheet): true | string {
  const isDpm = engine.kind === 'known' && engine.value !== 'planned' && productOf(engine.value) === 'dpm';
  return isDpm ? 'The server is DPM, which has requirements of its own; this one is of Azure Backup Server.' : true;
}

/** The outcome of a requirement of Azure Backup Server where Azure does not say which product the server is. */
export function ofUnknownKind(engine: Engine) {
  return engine !== 'planned' && productOf(engine) === 'unknown'
    ? cannotTell(
        'not-reported',
        `Azure calls ${engine.hostName} a backup server of type '${engine.type ?? ''}', which Backstop does not know.`,
      )
    : undefined;
}

/** What a server is called in a sentence. */
export function nameOf(engine: Engine): string {
  return engine === 'planned' ? 'the planned server' : engine.hostName;
}

/** The outcome of a rule about something that Azure shows to nobody, and that nobody described. */
export function notShown(engine: Engine, what: string) {
  const why =
    engine === 'planned' ? 'The description does not tell it' : 'Azure does not show it from outside the server';
  return cannotTell('not-exposed', `${what} of ${nameOf(engine)} is not known: ${why}.`);
}
