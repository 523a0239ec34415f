import { type ArmId, armId } from '../../domain/ids.ts';
import { at, isRow, textAt } from './row.ts';

/** An `{ id }` that points to another resource; `unreadable` if something else stands in its place. */
export type Reference = ArmId | 'none' | 'unreadable';

/** Reads the `{ id }` at a place in a row. */
export function referenceAt(value: unknown, ...path: readonly string[]): Reference {
  const pointer = at(value, ...path);
  if (pointer === undefined || pointer === null) {
    return 'none';
  }
  const id = textAt(pointer, 'id');
  return id ? armId(id) : 'unreadable';
}

/** Whether a reference leads to a resource. */
export function isId(reference: Reference): reference is ArmId {
  return reference !== 'none' && reference !== 'unreadable';
}

/** Id of a row, lower-cased. */
export function idOf(value: unknown): ArmId | undefined {
  const id = textAt(value, 'id');
  return id ? armId(id) : undefined;
}

/** Name of a row in its own case: its `name`, or the end of its id. */
export function nameOf(value: unknown): string | undefined {
  return textAt(value, 'name') ?? textAt(value, 'id')?.split('/').at(-1);
}

/** Whether a row was delivered with its `properties`; without them nothing can be told from it. */
export function isReadable(value: unknown): boolean {
  return isRow(at(value, 'properties'));
}

/** Id of the virtual network of a subnet. */
export function vnetOfSubnet(subnetId: string): ArmId {
  return armId(armId(subnetId).split('/subnets/')[0] ?? '');
}
