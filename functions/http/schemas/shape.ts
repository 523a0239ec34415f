import * as z from 'zod';

/**
 * The schemas of the fields of a type, for `satisfies`: a field that the type has and the schema has not, or the other way round,
 * does not compile. That no value of the type is left out, the handlers show, whose answers have to fit their schemas.
 */
export type Shape<T> = {
  readonly [Key in keyof T]-?: object extends Pick<T, Key>
    ? z.ZodExactOptional<z.ZodType<Exclude<T[Key], undefined>>>
    : z.ZodType<T[Key]>;
};

/** An instant (ISO 8601). */
export const Instant = z.string().meta({ format: 'date-time' });

/** A day (`YYYY-MM-DD`, UTC). */
export const Day = z.string().meta({ format: 'date' });

/** How often each name occurs; a name that never does is absent. */
export const CountsByName = z.record(z.string(), z.number().optional());

/** The cursor of the next page. */
export const Next = z.string().nullable().describe('Cursor of the next page; null at the end.');
