import type { KnownTest, PackageState, StateHistory } from '../../model/state.ts';

/** A package by its name, however it is spelt: `PyYAML` and `pyyaml`, `ruamel_yaml` and `ruamel.yaml` are one. */
export function findPackage(
  history: StateHistory,
  name: string,
  position: number,
): readonly [string, PackageState] | undefined {
  const { packages } = history.at(position);
  const exact = packages.get(name);
  if (exact) return [name, exact];
  const wanted = foldName(name);
  for (const [key, state] of packages)
    if (foldName(key) === wanted || foldName(state.name) === wanted) return [key, state];
  return undefined;
}

export function foldName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

/**
 * Tests whose name is the given text; else those whose name ends with it as a whole part; else those that hold it.
 * A test that was never run up to the position is none.
 */
export function findTests(history: StateHistory, name: string, position: number): readonly KnownTest[] {
  const { tests } = history.at(position);
  const exact = tests.get(name);
  if (exact) return [exact];
  const holding = [...tests.values()].filter(({ test }) => test.includes(name));
  const ending = holding.filter(
    ({ test }) => test.endsWith(name) && /[^\w]$/.test(test.slice(0, -name.length)),
  );
  return ending.length > 0 ? ending : holding;
}
