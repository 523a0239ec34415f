import { StartError } from '../start-error.ts';

/** App settings by name, that is: the environment of the process. */
export type Settings = Readonly<Record<string, string | undefined>>;

/** Replaces each `%NAME%` from the settings. Throws a StartError that names a missing one. */
export function resolveSettings(text: string, settings: Settings, where: string): string {
  return text.replaceAll(/%([^%]+)%/g, (_, name: string) => {
    const value = settings[name];
    if (value === undefined || value === '') {
      throw new StartError(`${where}: '%${name}%' does not resolve: there is no app setting "${name}".`);
    }
    return value;
  });
}

/** Whether `AzureWebJobs.NAME.Disabled` switches the function off. */
export function isDisabled(functionName: string, settings: Settings): boolean {
  const value = settings[`AzureWebJobs.${functionName}.Disabled`]?.toLowerCase();
  return value === 'true' || value === '1';
}
