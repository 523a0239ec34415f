import { createRequire } from 'node:module';

import { tableColumns } from '../../local/azure/resource-graph/kql/table.ts';

/** What the official analyser says about a query text: its errors, and the columns of the result as `name:type`. */
export interface Analysis {
  readonly errors: readonly string[];
  readonly columns: readonly string[];
}

/** The tables the analyser knows. Their names are case-sensitive there, unlike in Resource Graph. */
export const knownTables: readonly string[] = [
  'resources',
  'recoveryservicesresources',
  'resourcecontainers',
  'resourcechanges',
  'authorizationresources',
  'networkresources',
  'policyresources',
];

interface List<T> {
  readonly Count: number;
  getItem(index: number): T;
}
interface Diagnostic {
  readonly Code: string;
  readonly Severity: string;
  readonly Message: string;
}
interface ColumnSymbol {
  readonly Name: string;
  readonly Type: { readonly Name: string };
}
interface Code {
  GetDiagnostics(): List<Diagnostic>;
  readonly ResultType: { readonly Columns?: List<ColumnSymbol> } | null;
}
interface TableSymbol {
  WithName(name: string): TableSymbol;
}

/** The small part of the library used here: it is compiled from C# and puts itself on globalThis. */
interface KustoLanguage {
  readonly Symbols: {
    readonly TableSymbol: { From(schema: string): TableSymbol };
    readonly DatabaseSymbol: { readonly ctor: new (name: string, tables: readonly TableSymbol[]) => object };
  };
  readonly GlobalState: { readonly Default: { WithDatabase(database: object): object } };
  readonly KustoCode: { ParseAndAnalyze(text: string, globals: object): Code };
}

function toArray<T>(list: List<T> | undefined): readonly T[] {
  return list ? Array.from({ length: list.Count }, (_, index) => list.getItem(index)) : [];
}

/** Loads the official analyser with the schema of Resource Graph; takes seconds, so once for a test file. */
export function loadAnalyser(): (text: string) => Analysis {
  const require = createRequire(import.meta.url);
  require('@kusto/language-service-next/bridge.min.js');
  require('@kusto/language-service-next/Kusto.Language.Bridge.min.js');
  const { Language } = (globalThis as unknown as { Kusto: { Language: KustoLanguage } }).Kusto;
  // `kind` is a keyword: without quotes around the names the schema would silently end there.
  const schema = tableColumns.map(({ name, type }) => `['${name}']:${type}`).join(',');
  const tables = knownTables.map((name) => Language.Symbols.TableSymbol.From(`(${schema})`).WithName(name));
  const globals = Language.GlobalState.Default.WithDatabase(new Language.Symbols.DatabaseSymbol.ctor('arg', tables));
  return (text) => {
    const code = Language.KustoCode.ParseAndAnalyze(text, globals);
    const errors = toArray(code.GetDiagnostics()).filter(({ Severity }) => Severity === 'Error');
    return {
      errors: errors.map(({ Code, Message }) => `${Code} ${Message}`),
      columns: toArray(code.ResultType?.Columns).map(({ Name, Type }) => `${Name}:${Type.Name}`),
    };
  };
}
