/** Programs that print nothing when they succeed: what stands in the output beside them is another program's. */
export const SILENT_PROGRAMS: ReadonlySet<string> = new Set([
  'cd',
  'export',
  'set',
  'mkdir',
  'touch',
  'rm',
  'cp',
  'mv',
  'chmod',
  'source',
  '.',
  'true',
  ':',
]);
