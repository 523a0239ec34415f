import * as z from 'zod';

const Data = z.looseObject({ validationCode: z.string() });

// Event Grid schema sends an array; a CloudEvent through the AzureFunction endpoint type is one object with its data
// encoded a second time.
const Handshake = z.union([
  z.tuple([z.looseObject({ data: Data })], z.unknown()).transform(([event]) => event.data),
  z.looseObject({ data: z.string().transform((text) => Data.parse(JSON.parse(text))) }).transform(({ data }) => data),
  z.looseObject({ data: Data }).transform(({ data }) => data),
]);

/** The code that the answer to a subscription validation must repeat. Throws when there is none. */
export function validationCodeOf(body: unknown): string {
  return Handshake.parse(body).validationCode;
}
