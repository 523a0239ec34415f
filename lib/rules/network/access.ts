import type { Layer, OutboundRule } from './layer.ts';
import { edges, mayAllow, mayDeny, type Passage, type PlacedLayer, place, walk } from './passage.ts';
import { cut } from './range-set.ts';
import type { Target } from './target.ts';
import {
  type DecidingRule,
  dataMissing,
  type LayerName,
  type MissingPart,
  type NotOpen,
  type Reason,
} from './verdict.ts';

/** The three layers that outbound traffic passes, in this order. */
export interface Layers {
  readonly admin: Layer;
  readonly nic: Layer;
  readonly subnet: Layer;
}

/** What the rules say: traffic is let through by these rules, or not certainly. */
export type Access = { readonly verdict: 'open'; readonly allowedBy: readonly DecidingRule[] } | NotOpen;

/** One cell through all layers; a layer that is certainly not reached is left out. */
interface Cell {
  readonly admin: Passage;
  readonly nic?: Passage;
  readonly subnet?: Passage;
}

function walkAll(layers: readonly [PlacedLayer, PlacedLayer, PlacedLayer], address: number): Cell {
  const admin = walk(layers[0], address);
  return mayAllow(admin) ? { admin, nic: walk(layers[1], address), subnet: walk(layers[2], address) } : { admin };
}

function cellMayAllow({ admin, nic, subnet }: Cell): boolean {
  return (
    admin.missing !== undefined ||
    admin.alwaysAllows.length > 0 ||
    (nic !== undefined && subnet !== undefined && mayAllow(nic) && mayAllow(subnet))
  );
}

function cellMayDeny(cell: Cell): boolean {
  return passages(cell).some(mayDeny);
}

function passages({ admin, nic, subnet }: Cell): readonly Passage[] {
  return [admin, ...(nic ? [nic] : []), ...(subnet ? [subnet] : [])];
}

const layerNames: readonly (keyof Cell)[] = ['admin', 'nic', 'subnet'];

function first(rules: readonly OutboundRule[]): OutboundRule | undefined {
  return rules.toSorted((a, b) => a.shown.priority - b.shown.priority)[0];
}

function ended(cells: readonly Cell[], name: keyof Cell): readonly Passage[] {
  return cells.flatMap((cell) => cell[name] ?? []);
}

/** Of traffic that is blocked: the earliest layer that certainly denies somewhere, and its rule with the lowest number. */
function certainDeny(cells: readonly Cell[]): OutboundRule | undefined {
  const denies = layerNames.map((name) =>
    first(
      ended(cells, name)
        .filter((passage) => !mayAllow(passage))
        .flatMap(({ last }) => last ?? []),
    ),
  );
  return denies.find((rule) => rule !== undefined);
}

/** The earliest layer that may deny somewhere: a rule, or the part of the input that is missing there. */
function possibleDeny(cells: readonly Cell[]): OutboundRule | MissingPart | undefined {
  for (const name of layerNames) {
    const here = ended(cells, name);
    const missing = here.find((passage) => passage.missing !== undefined)?.missing;
    const found = missing ?? first(here.flatMap(({ denies }) => denies));
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

/** Of traffic that is open, so no rule that ends a walk denies. `Allow` of a security admin rule permits nothing. */
function allowedBy(cells: readonly Cell[]): readonly DecidingRule[] {
  const rules = layerNames.flatMap((name) =>
    [...new Set(ended(cells, name).flatMap(({ last }) => last ?? []))]
      .filter(({ action }) => action === 'alwaysAllow' || name !== 'admin')
      .toSorted((a, b) => a.shown.priority - b.shown.priority),
  );
  return rules.map(({ shown }) => shown);
}

function reasonOf(layer: LayerName, verdict: 'blocked' | 'unknown', cells: readonly Cell[]): Reason {
  if (layer === 'adminRules') {
    return verdict === 'blocked' ? 'ADMIN_RULE_DENY' : 'ADMIN_RULE_PARTIAL';
  }
  if (verdict === 'blocked') {
    return 'NSG_DENY';
  }
  return cells.some((cell) => passages(cell).some(({ doubted }) => doubted)) ? 'NSG_AMBIGUOUS' : 'NSG_PARTIAL';
}

/** Runs the traffic to a target through all layers, cell by cell, with every possibility a doubtful match leaves. */
export function judgeAccess(layers: Layers, target: Target): Access {
  const placed = [place(layers.admin, target), place(layers.nic, target), place(layers.subnet, target)] as const;
  const cells = cut(target.addresses, placed.flatMap(edges)).map(({ lo }) => walkAll([...placed], lo));
  if (!cells.some(cellMayDeny)) {
    return { verdict: 'open', allowedBy: allowedBy(cells) };
  }
  const verdict = cells.some(cellMayAllow) ? 'unknown' : 'blocked';
  const decides = verdict === 'blocked' ? certainDeny(cells) : possibleDeny(cells);
  if (decides === undefined || typeof decides === 'string') {
    return dataMissing(decides ?? 'nicNsg');
  }
  return { verdict, reason: reasonOf(decides.shown.layer, verdict, cells), decidingRule: decides.shown };
}
