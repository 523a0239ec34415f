import { hash } from 'node:crypto';

import type { ArmId } from '../domain/ids.ts';

/** The short key of a VM in tables and addresses: 80 bits of SHA-256 of its lower-cased ARM id, in hex. */
export function vmKeyOf(id: ArmId): string {
  return hash('sha256', id, 'hex').slice(0, 20);
}
