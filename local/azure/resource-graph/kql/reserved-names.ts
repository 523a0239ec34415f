/**
 * Words that cannot name a column unless written as `['word']`: found by asking the official analyser (12.4.1) about each word
 * of its grammar. Words of its management commands are left out; `true` and `false` are literals.
 */
export const reservedNames: ReadonlySet<string> = new Set(
  [
    'string boolean real dynamic date timespan datetime decimal double int int64 int8 long time uniqueid float int16 int32',
    'uint uint16 uint32 uint64 uint8 ulong byte char',
    'kind isfuzzy withsource with_source bagexpansion with_itemindex with_match_id with_step_name nooptimization',
    'barchart piechart ladderchart timechart linechart anomalychart pivotchart areachart stackedareachart scatterchart timepivot',
    'columnchart timeline card treemap simple relaxed first last missing others flags cycles datascope',
    'and or between asc desc union external_data like likecs notlike notlikecs notcontains notcontainscs containscs contains_cs',
    'has_any has_all has_cs hasprefix hasprefix_cs hassuffix hassuffix_cs startswith startswith_cs endswith endswith_cs',
  ].flatMap((line) => line.split(' ')),
);
