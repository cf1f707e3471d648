/**
 * The table of layers: which folder of `src` may import which. A folder always may import itself.
 * The same table stands in docs/architecture.md; change both together.
 */
export interface Layer {
  readonly may: readonly string[];
  /** Pure code runs in a browser and in a worker alike: no machine, no clock, no randomness. */
  readonly pure: boolean;
  /** May also import `port.ts` of any folder: it implements the ports. */
  readonly ports?: boolean;
}

const PURE_FOLDERS = [
  'base',
  'model',
  'testreports',
  'exchange',
  'formats',
  'evolve',
  'effects',
  'state',
  'tree',
  'compare',
  'diagnosis',
  'replay',
  'bench',
  'query',
  'report',
] as const;

const pure = (...may: string[]): Layer => ({ may, pure: true });
const impure = (...may: string[]): Layer => ({ may, pure: false });

export const LAYERS: Readonly<Record<string, Layer>> = {
  base: pure(),
  model: pure('base'),
  testreports: pure('base', 'model'),
  exchange: pure('base', 'model'),
  formats: pure('base', 'model', 'testreports'),
  evolve: pure('base', 'model', 'formats'),
  effects: pure('base', 'model'),
  state: pure('base', 'model', 'testreports', 'effects'),
  tree: pure('base', 'model', 'state'),
  compare: pure('base', 'model', 'state', 'tree'),
  diagnosis: pure('base', 'model', 'effects', 'state', 'tree'),
  replay: pure('base', 'model', 'effects', 'state'),
  bench: pure('base', 'model', 'formats', 'effects', 'state', 'tree', 'diagnosis', 'replay', 'query'),
  query: pure('base', 'model', 'effects', 'state', 'tree', 'compare', 'diagnosis', 'replay'),
  report: pure('base', 'model', 'query', 'bench'),
  io: { may: ['base', 'model'], pure: false, ports: true },
  store: impure('base', 'model', 'evolve', 'io'),
  app: impure(...PURE_FOLDERS, 'io', 'store'),
  server: impure('app', 'query', 'report', 'model', 'base'),
  mcp: impure('app', 'query', 'report', 'model', 'base'),
  web: impure('base', 'model', 'query', 'effects', 'state', 'tree', 'compare', 'diagnosis', 'replay'),
  cli: impure(...PURE_FOLDERS, 'io', 'store', 'app', 'server', 'mcp'),
};

/** Packages that are pure themselves; pure folders import no others. */
export const PURE_PACKAGES: readonly string[] = ['diff', 'unbash', 'zod'];

/** Packages whose shapes stay behind one wall: package to the only folder that may import it. */
export const WALLED_PACKAGES: Readonly<Record<string, string>> = {
  unbash: 'src/effects/shell/',
  commander: 'src/cli/',
  picocolors: 'src/cli/',
};

/** Every folder that `folder` reaches through the table, itself included: what its unit tests may use. */
export function reachableFrom(folder: string): ReadonlySet<string> {
  const seen = new Set<string>([folder]);
  const queue = [folder];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const other of LAYERS[next]?.may ?? []) {
      if (seen.has(other)) continue;
      seen.add(other);
      queue.push(other);
    }
  }
  return seen;
}
