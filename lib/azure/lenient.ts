import * as z from 'zod';

/** Azure leaves out what it does not know, sends null, or something else: all three are absent here. */
export const text = z.string().min(1).optional().catch(undefined);
export const flag = z.boolean().optional().catch(undefined);
export const count = z.number().optional().catch(undefined);
/** Lists keep only their texts. */
export const texts = z
  .array(z.unknown())
  .catch([])
  .transform((values) => values.filter((value): value is string => typeof value === 'string' && value !== ''));

/** An `{ id }` that points to another resource; absent where none is there. */
export const pointer = z.object({ id: text }).optional().catch(undefined);

/** An object of which only the members are read that are there; anything else has none. */
export function part<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.object(shape).optional().catch(undefined);
}

/** The values that are there. */
export function present<T extends object>(values: { readonly [Key in keyof T]: T[Key] | undefined }): T {
  // Name by name: it is called for every row of a sweep, several times.
  const there: Partial<T> = {};
  for (const name in values) {
    if (values[name] !== undefined) {
      there[name] = values[name];
    }
  }
  return there as T;
}
