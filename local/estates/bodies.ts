import type { EstateResource } from './estate.ts';

/** The bodies of one VM and of all that belongs to it alone, before they go into the estate: plants may change them. */
export type Bodies = {
  readonly vm: EstateResource;
  /** Managed disks; the operating system disk first. */
  readonly disks: EstateResource[];
  /** The primary one first. */
  readonly nics: EstateResource[];
  readonly extensions: EstateResource[];
  readonly items: EstateResource[];
  readonly jobs: EstateResource[];
  /** What a plant adds: addresses, locks, restore points. */
  readonly others: EstateResource[];
};

/** A change of the bodies of one VM. */
export type BodyEdit = (bodies: Bodies) => void;

/**
 * Sets a value inside a body, by the path as Azure's documentation writes it (`properties.dataDisks.0.lun`). What is on
 * the way must be there: a RangeError tells that a plant does not fit the bodies any more.
 */
export function put(body: EstateResource, path: string, value: unknown): void {
  const { holder, last } = placeOf(body, path);
  Reflect.set(holder, last, value);
}

/** The value at a path inside a body. */
export function at(body: EstateResource, path: string): unknown {
  const { holder, last } = placeOf(body, path);
  return Reflect.get(holder, last);
}

/** Removes a value from inside a body. */
export function drop(body: EstateResource, path: string): void {
  const { holder, last } = placeOf(body, path);
  Reflect.deleteProperty(holder, last);
}

function placeOf(body: EstateResource, path: string): { holder: object; last: string } {
  const parts = path.split('.');
  const last = parts.pop() ?? '';
  const holder = parts.reduce<object>((inside, part) => {
    const next: unknown = Reflect.get(inside, part);
    if (typeof next !== 'object' || next === null) throw new RangeError(`${body.id} has no ${part} (${path})`);
    return next;
  }, body);
  return { holder, last };
}

/** The first body of a kind; a RangeError tells that a plant was put into a VM that has none. */
export function first(bodies: readonly EstateResource[]): EstateResource {
  const [body] = bodies;
  if (!body) throw new RangeError('A plant does not fit its VM: it has no such body');
  return body;
}
