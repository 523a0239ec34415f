const storageName = 'backstop-own-name';

/** The name under which the reader changed something last in this tab. */
export function ownName(): string {
  return sessionStorage.getItem(storageName) ?? '';
}

/** Keeps the name for the next change. */
export function keepName(name: string): void {
  sessionStorage.setItem(storageName, name);
}
