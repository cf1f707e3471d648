import { createHash } from 'node:crypto';
import { baseName } from '../base/path.ts';
import type { RunId } from '../model/ids.ts';

/** Names that say what a file is, not which run it belongs to: the folder above names the run. */
const GENERIC =
  /^(?:trajectory|agent|sessions?|events?|event_cache|agent-logs|output|outputs|logs?|results?|conversations?|transcripts?|steps|trace|stdin|mini|claude-code|full|trajs?|base_state)$/i;
const EXTENSION =
  /(?:\.traj|\.trajectory)?\.(?:json|jsonl|ndjson|traj|cast|txt|log|tar|gz|tgz|zst|zip|eval)$/i;

/**
 * A readable, stable name: the part of the path that tells runs apart, and a short digest of the content. Equal
 * artifacts get equal ids wherever they lie.
 */
export function makeRunId(path: string, digest: string): RunId {
  return `${slugOf(path)}-${shortDigest(digest)}` as RunId;
}

/** The id for a second run with the same name and content in one batch: told apart by where it lies. */
export function disambiguateRunId(id: RunId, path: string): RunId {
  return `${id}-${shortDigest(path)}` as RunId;
}

function slugOf(path: string): string {
  const [file = '', fragment] = path.split('#');
  const parts = file
    .split('/')
    .map(stripExtension)
    .filter((part) => part !== '' && part !== '.' && part !== '..');
  const named = parts.findLast((part) => !GENERIC.test(part)) ?? parts.at(-1) ?? 'run';
  const whole = fragment === undefined ? named : `${named}-${baseName(fragment)}`;
  const slug = whole.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[-.]+|[-.]+$/g, '');
  return (slug === '' ? 'run' : slug).slice(0, 80);
}

function stripExtension(part: string): string {
  let name = part;
  while (EXTENSION.test(name) && name.replace(EXTENSION, '') !== '') name = name.replace(EXTENSION, '');
  return name;
}

function shortDigest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
