/**
 * Remembers what was made of a row, by the row itself: rows are never changed once they are read, and the VMs of a sweep
 * share those that they have in common.
 */
export function oncePerRow<T>(read: (row: unknown) => T): (row: unknown) => T {
  const known = new WeakMap<object, { readonly made: T }>();
  return (row) => {
    if (typeof row !== 'object' || row === null) {
      return read(row);
    }
    const found = known.get(row);
    if (found) {
      return found.made;
    }
    const made = read(row);
    known.set(row, { made });
    return made;
  };
}
