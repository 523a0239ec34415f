/**
 * A name that does harm wherever a shell reads more than its letters. The name with which the house test judges every failing case again; it also is the name of the default policy then, so a
 * case about the policy of a VM without an item has that policy under this name too.
 */
export const hostileName = 'it\'s "a" $(touch owned) `id`; rm -rf ~ & echo * > {vm} | #\n-x';
