import { judgeAccess, type Layers } from './access.ts';
import { destinations } from './destination.ts';
import type { JudgedNetwork } from './judged-network.ts';
import type { Layer } from './layer.ts';
import { freePriorities } from './nsg.ts';
import { targetOf } from './paths.ts';
import { placeOf, type ResourcePlace } from './resource-place.ts';
import { tagOf } from './service-tag.ts';

/** What has to be changed so that the groups let backup traffic out, with names for the commands that do it. */
export interface NsgOpening {
  readonly reason: 'DeniedByNsg' | 'DeniedByBothNsgs' | 'NoPriorityFree';
  readonly names: Readonly<Record<string, string>>;
}

/** A group that keeps backup traffic from leaving, and the priorities before every rule that denies. */
interface Closed {
  readonly place: ResourcePlace;
  readonly priorities: readonly number[];
}

const none: Layer = { kind: 'none' };

/** Looks at each group by itself: opening only one of two that deny leaves the other. */
export function nsgOpening(network: JudgedNetwork): NsgOpening {
  const { region, layers } = network.judgement.judgeable.configuration;
  const closed = [
    ...closedGroup(network, { ...layers, admin: none, subnet: none }, network.rows.nicNsg),
    ...closedGroup(network, { ...layers, admin: none, nic: none }, network.rows.subnetNsg),
  ];
  const storageTag = tagOf('Storage', region);
  const crowded = closed.find(({ priorities }) => priorities.length < destinations.length);
  if (crowded) {
    return { reason: 'NoPriorityFree', names: { storageTag, crowded: crowded.place.name } };
  }
  const [first, second] = closed.map(({ place, priorities }, index) =>
    commandNames(index === 0 ? 'nsg' : 'secondNsg', place, priorities),
  );
  return { reason: second ? 'DeniedByBothNsgs' : 'DeniedByNsg', names: { storageTag, ...first, ...second } };
}

function closedGroup({ judgement }: JudgedNetwork, layers: Layers, nsg: unknown): readonly Closed[] {
  const denials = destinations
    .map((destination) => judgeAccess(layers, targetOf(judgement.judgeable, destination)))
    .flatMap((access) => (access.verdict === 'open' ? [] : (access.decidingRule?.priority ?? [])));
  return denials.length === 0 ? [] : [{ place: placeOf(nsg), priorities: freePriorities(nsg, Math.min(...denials)) }];
}

function commandNames(nsg: string, place: ResourcePlace, priorities: readonly number[]): Record<string, string> {
  const numbered = priorities
    .slice(0, destinations.length)
    .map((priority, index) => [`${nsg}Priority${index + 1}`, String(priority)]);
  return {
    [nsg]: place.name,
    [`${nsg}Subscription`]: place.subscription,
    [`${nsg}ResourceGroup`]: place.resourceGroup,
    ...Object.fromEntries(numbered),
  };
}
