import type { Configuration } from './configuration.ts';
import { destinations } from './destination.ts';
import type { EgressNote } from './egress.ts';
import { parseServiceTag, tagCovers } from './service-tag.ts';
import type { PathVerdicts } from './verdict.ts';

/**
 * What a reader should know besides the verdicts. `UDR_TAG_NSG_REPORT`: one open report says that the default rule
 * AllowInternetOutBound does not hold for destinations of service tag routes (unconfirmed). `ADMIN_RULES_NONE_VISIBLE`:
 * there are none, or this identity may not see them.
 */
export type Note = EgressNote | 'UDR_TAG_NSG_REPORT' | 'ADMIN_RULES_NONE_VISIBLE';

/** The notes for one configuration; none of them changes a verdict. */
export function notesOf(configuration: Configuration, paths: PathVerdicts): readonly Note[] {
  const { wayOut, layers } = configuration;
  const all = destinations.map((destination) => paths[destination]);
  const usesDefault = all.some((path) => path.verdict === 'open' && path.egress === 'defaultOutbound');
  return [
    ...(usesDefault && wayOut.kind === 'open' && wayOut.note ? [wayOut.note] : []),
    ...(destinations.some((destination) => isReported(configuration, paths, destination))
      ? ['UDR_TAG_NSG_REPORT' as const]
      : []),
    ...(layers.admin.kind === 'none' ? ['ADMIN_RULES_NONE_VISIBLE' as const] : []),
  ];
}

function isReported({ region }: Configuration, paths: PathVerdicts, destination: keyof PathVerdicts): boolean {
  const path = paths[destination];
  if (path.verdict !== 'open' || !path.allowedBy.some((rule) => rule.default && rule.priority === 65001)) {
    return false;
  }
  const tag = parseServiceTag(path.decidingRoute.addressPrefix ?? '');
  return tag !== undefined && tagCovers(tag, destination, region) !== 'no';
}
