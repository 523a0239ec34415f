import { overlaps, type Range } from './cidr.ts';
import { backupPort } from './destination.ts';
import { anyOf, type Match } from './match.ts';
import { cut, includes, union } from './range-set.ts';

/** Ports from which clients connect. Windows and Linux use different parts of it, and the guest may change them. */
const clientPorts: Range = { lo: 1024, hi: 65535 };

function parsePorts(entry: unknown): Range | undefined {
  if (entry === '*') {
    return { lo: 0, hi: 65535 };
  }
  const [, lo, hi = lo] = typeof entry === 'string' ? (/^(\d{1,5})(?:-(\d{1,5}))?$/.exec(entry) ?? []) : [];
  return lo === undefined ? undefined : { lo: Number(lo), hi: Number(hi) };
}

/** Whether destination ports include a port: 443, unless told. A field without any readable entry leaves it open. */
export function destinationPortMatch(entries: readonly unknown[], port = backupPort): Match {
  if (entries.length === 0) {
    return 'maybe';
  }
  return anyOf(
    entries.map((entry) => {
      const ports = parsePorts(entry);
      if (!ports) {
        return 'maybe';
      }
      return ports.lo <= port && port <= ports.hi ? 'yes' : 'no';
    }),
  );
}

/** Whether source ports include the port of a client: some of the client ports is `maybe`. */
export function sourcePortMatch(entries: readonly unknown[]): Match {
  const ranges = entries.map(parsePorts);
  const readable = ranges.filter((range) => range !== undefined);
  const covered = union(readable);
  if (cut([clientPorts], covered).every(({ lo }) => includes(covered, lo))) {
    return 'yes';
  }
  const nothing =
    entries.length > 0 && readable.length === ranges.length && !covered.some((range) => overlaps(range, clientPorts));
  return nothing ? 'no' : 'maybe';
}
