/**
 * Quotes one argument for a POSIX shell (bash, zsh, Azure Cloud Shell); plain words stay as they are. A leading `=` is
 * quoted because zsh reads `=name` as the path of a command.
 */
export function shellQuote(argument: string): string {
  return /^[A-Za-z0-9_@%+:,./-][A-Za-z0-9_@%+=:,./-]*$/.test(argument)
    ? argument
    : `'${argument.replaceAll("'", `'\\''`)}'`;
}
