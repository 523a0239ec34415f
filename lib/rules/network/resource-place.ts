import { resourceGroupOf, subscriptionOf } from '../../domain/ids.ts';
import { idPart } from './az-command.ts';
import { nameOf } from './reference.ts';
import { textAt } from './row.ts';

/** Where a command finds a resource; words in angle brackets stand for what its row does not tell. */
export interface ResourcePlace {
  readonly subscription: string;
  readonly resourceGroup: string;
  readonly name: string;
}

/** Reads the place of a resource from its row, in the case in which Azure returned it. */
export function placeOf(row: unknown): ResourcePlace {
  const id = textAt(row, 'id') ?? '';
  return {
    subscription: subscriptionOf(id) ?? '<subscription>',
    resourceGroup: resourceGroupOf(id) ?? '<resource group>',
    name: nameOf(row) ?? '<name>',
  };
}

/** The part of an ARM id that follows a word; the word itself in angle brackets if there is none. */
export function partAfter(id: string, word: string): string {
  return idPart(id, word) || `<${word}>`;
}
