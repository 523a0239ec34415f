import { table } from './markdown.ts';

/** A setting as it is told to readers. */
interface SettingRow {
  readonly name: string;
  readonly meaning: string;
  readonly fallback?: string;
  readonly optional?: boolean;
  readonly example: string;
}

function defaultOf({ fallback, optional }: SettingRow): string {
  if (fallback === undefined) {
    return optional ? 'none' : '**required**';
  }
  return fallback === '' ? 'empty' : `\`${fallback}\``;
}

function settingsTable(rows: readonly SettingRow[]): string {
  const cells = rows.map((row) => [`\`${row.name}\``, defaultOf(row), row.meaning, `\`${row.example}\``]);
  return table(['setting', 'default', 'meaning', 'example'], cells);
}

/** The page of all app settings. */
export function renderSettings(service: readonly SettingRow[], judgement: readonly SettingRow[]): string {
  return `# Settings

App settings of the service, read once at the start. A missing or wrong one ends the start with its name and an example.

## Service

${settingsTable(service)}

## Judgement

What the rules leave to the organisation.

${settingsTable(judgement)}
`;
}
