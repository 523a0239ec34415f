import { configurationKey, type Judgeable } from './configuration.ts';
import { type Judgement, judgeConfiguration } from './judgement.ts';

/** More than one tenant has in common between its shards; each takes some ten kilobytes. */
const most = 1000;
/** By key, the one that was asked about longest ago first. */
const judgements = new Map<string, Judgement>();

/**
 * The judgement of a configuration and the key by which it is known. Nothing but the configuration decides it, so the
 * shards of a sweep, and one event after the other, share those that were judged last.
 */
export function judgedConfiguration(judgeable: Judgeable): { readonly key: string; readonly judgement: Judgement } {
  const key = configurationKey(judgeable.configuration);
  const judgement = judgements.get(key) ?? judgeConfiguration(judgeable);
  judgements.delete(key);
  judgements.set(key, judgement);
  const [oldest] = judgements.size > most ? judgements.keys() : [];
  if (oldest !== undefined) {
    judgements.delete(oldest);
  }
  return { key, judgement };
}
