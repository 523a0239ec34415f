import { StartError } from '../start-error.ts';

/** Throws unless the host would take the name: a letter, then letters, digits, `_`, `-`, at most 128, not `host`. */
export function checkFunctionName(name: string): void {
  if (/^[a-z][a-z0-9_-]{0,127}$/i.test(name) && name.toLowerCase() !== 'host') return;
  throw new StartError(
    `'${name}' is not a valid function name: a letter, then letters, digits, _ or -, at most 128, and not 'host'.`,
  );
}

/** Throws unless the host would take the name: a letter, then letters and digits, at most 128, or `$return`. */
export function checkBindingName(functionName: string, name: string): void {
  if (/^([a-z][a-z0-9]{0,127}|\$return)$/i.test(name)) return;
  throw new StartError(`Function '${functionName}': the binding name '${name}' is invalid.`);
}
