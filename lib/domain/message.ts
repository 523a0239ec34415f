/** Names in braces of a message template, as a type. */
export type Placeholder<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholder<Rest>
  : never;

/** Fills the names in braces; a name without a value stays visible, which the tests of the rules refuse. */
export function fill(
  template: string,
  values: Readonly<Record<string, string>>,
  quote = (value: string) => value,
): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : quote(value);
  });
}
