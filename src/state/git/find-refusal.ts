/**
 * Whether git says that it did not do what a command asked: `this` command, or `some` command of the step. Recordings
 * without exit statuses show it nowhere else.
 */
export function findRefusal(
  output: string,
  command: string,
  args: readonly string[],
): 'this' | 'some' | undefined {
  if (!/^(?:error|fatal): /m.test(output)) return undefined;
  for (const [, path = ''] of output.matchAll(/^error: pathspec '([^'\n]{1,300})' did not match any/gm))
    if (args.includes(path)) return 'this';
  const overwritten = /^error: .{1,80} would be overwritten by (checkout|merge):?/m.exec(output)?.[1];
  const switches = command === 'checkout' || command === 'switch';
  if (overwritten === 'checkout' && switches) return 'this';
  if (overwritten === 'merge' && (command === 'merge' || command === 'pull')) return 'this';
  return 'some';
}
