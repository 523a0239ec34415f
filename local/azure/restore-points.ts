import type { EstateResource } from '../estates/estate.ts';

/** Whether a lower-cased type is that of restore point collections, which hold the snapshots of one VM. */
export function isRestorePointCollection(type: string): boolean {
  return type === 'microsoft.compute/restorepointcollections';
}

/** The properties of a collection as Resource Graph has them, and ARM for whoever does not expand the points. */
export function withoutRestorePoints({ properties }: EstateResource): Readonly<Record<string, unknown>> {
  const { restorePoints: _, ...rest } = properties;
  return rest;
}
