import { factDeclarations } from '../domain/fact-declarations.ts';
import { resourceDeclarations } from '../domain/resource-declarations.ts';
import { serverDeclarations } from '../domain/server-declarations.ts';

/** Needed by every query of Resource Graph, whatever it asks for (general knowledge, unconfirmed). */
const askResourceGraph = 'Microsoft.ResourceGraph/resources/read';

/** Everything that the evaluator reads, each action once, in order. */
export function readerActions(): readonly string[] {
  const declared = [factDeclarations, resourceDeclarations, serverDeclarations].flatMap((each) => Object.values(each));
  return [...new Set([askResourceGraph, ...declared.flatMap(({ actions }) => actions)])].toSorted();
}

/** The custom role of the evaluator as Azure takes it (`az role definition create`); the scope is to be filled in. */
export function renderReaderRole(): string {
  const role = {
    Name: 'Backstop Reader',
    Description: 'Reads what decides whether VMs are backed up. Generated from the facts of the rules.',
    Actions: readerActions(),
    NotActions: [],
    AssignableScopes: ['/providers/Microsoft.Management/managementGroups/{managementGroup}'],
  };
  return `${JSON.stringify(role, null, 2)}\n`;
}
