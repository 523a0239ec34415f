/**
 * The app cannot be started as it is; the message says what to change.
 *
 * In production several of these end in "no functions found" and nothing else (functions-host reference, section 1),
 * which is why here each of them is fatal.
 */
export class StartError extends Error {
  override readonly name = 'StartError';
}
