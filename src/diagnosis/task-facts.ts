import { baseName } from '../base/path.ts';
import type { Run } from '../model/run.ts';

/** What the task's text names: the places that the agent was pointed at. */
export interface TaskFacts {
  readonly text: string;
  /** Paths and file names, as written. */
  readonly paths: ReadonlySet<string>;
  /** Last parts of those paths. */
  readonly names: ReadonlySet<string>;
  /** Identifiers: `snake_case`, `CamelCase`, `dotted.names`, and words in backquotes. */
  readonly identifiers: ReadonlySet<string>;
  /** Paths that the text asks to be made ("create", "save to", "write … to"). */
  readonly outputs: readonly string[];
}

/** Long task texts (whole issue threads) are read up to here. */
const LIMIT = 60_000;
const PATH =
  /(?:\.{0,2}\/)?(?:[\w.+-]+\/)*[\w+-][\w.+-]*\.[A-Za-z][A-Za-z0-9]{0,7}\b|\/(?:[\w.+-]+\/)*[\w.+-]+/g;
const IDENTIFIER =
  /\b[A-Za-z]+(?:_[A-Za-z0-9]+)+\b|\b[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+\b|\b[a-z_]\w*(?:\.[A-Za-z_]\w*)+\b/g;
const BACKQUOTED = /`([^`\n]{2,60})`/g;
const MAKING =
  /\b(?:creat|writ|sav|generat|produc|stor|output|implement|build|call|nam|put|plac|export|dump|record)\w*\b/i;

export function readTaskFacts(run: Pick<Run, 'task'>): TaskFacts {
  const text = (run.task?.text ?? '').slice(0, LIMIT);
  const paths = new Set<string>();
  const identifiers = new Set<string>();
  const outputs = new Set<string>();
  for (const match of text.matchAll(PATH)) {
    const path = match[0].replace(/[.,:;]+$/, '');
    if (path.length < 3 || /^\/\/|^\d+(\.\d+)+$/.test(path) || isUrlPart(text, match.index)) continue;
    paths.add(path);
    if (looksLikeFile(path) && MAKING.test(text.slice(Math.max(0, match.index - 80), match.index)))
      outputs.add(path);
  }
  for (const match of text.matchAll(IDENTIFIER)) identifiers.add(match[0]);
  for (const match of text.matchAll(BACKQUOTED)) if (match[1] !== undefined) identifiers.add(match[1]);
  return {
    text,
    paths,
    names: new Set([...paths].map(baseName)),
    identifiers,
    outputs: [...outputs],
  };
}

/** Endings of files that tasks ask for; `io.fits` in a text is a module, not a file. */
const FILE_ENDING =
  /\.(?:txt|md|rst|csv|tsv|json|jsonl|ya?ml|toml|ini|cfg|conf|xml|html?|css|js|mjs|ts|tsx|jsx|py|ipynb|rb|go|rs|java|c|h|cc|cpp|hpp|sh|bash|sql|db|sqlite3?|parquet|pkl|pt|pth|npy|npz|bin|iso|img|tar|gz|zip|png|jpe?g|svg|pdf|mp4|wav|log|out|patch|diff|pem|key|crt|cbl|cob|lock|s|asm|wasm|R|stan|tex|lua|php|pl|swift|kt|scala|env)$/;

function looksLikeFile(path: string): boolean {
  return FILE_ENDING.test(path);
}

function isUrlPart(text: string, index: number): boolean {
  return /[a-z]:\/{0,2}$/i.test(text.slice(Math.max(0, index - 10), index)) || text[index - 1] === '@';
}
