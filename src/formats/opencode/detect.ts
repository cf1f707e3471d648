import { isObject } from '../../base/json.ts';
import { parseJsonText } from '../../base/parse-json-text.ts';
import { dirName, joinPath } from '../../base/path.ts';
import { splitLines } from '../../base/text.ts';
import type { Detection, Probe } from '../format.ts';
import type { ArtifactReader, Entry } from '../port.ts';
import { splitJsonLine } from '../shared/split-json-line.ts';
import { isPart, isSession } from './schema.ts';
import { readSession } from './storage.ts';

const NO: Detection = { score: 0, reason: 'no session of OpenCode' };

/** A storage folder by a session in it; a file by the fields of a session, an export, or printed parts. */
export async function detectOpencode(probe: Probe): Promise<Detection> {
  const { entry, entries, reader, head } = probe;
  if (entry.kind === 'directory') return detectFolder(entries, reader);
  const text = head.trimStart();
  if (!text.startsWith('{')) return NO;
  const stream = detectStream(text);
  return stream.score > 0 ? stream : detectDocument(text);
}

async function detectFolder(entries: readonly Entry[], reader: ArtifactReader): Promise<Detection> {
  const names = new Set(entries.filter(({ kind }) => kind === 'directory').map(({ name }) => name));
  const folder = entries.find(({ kind, name }) => kind === 'directory' && name === 'session');
  if (!folder || !(names.has('message') || names.has('part') || names.has('project') || names.size === 1)) {
    return NO;
  }
  for (const project of (await reader.list(folder.path)).slice(0, 50)) {
    if (project.kind !== 'directory') continue;
    const files = (await reader.list(project.path)).filter(({ name }) => name.endsWith('.json'));
    for (const file of files.slice(0, 3)) {
      if (file.kind === 'file' && (await readSession(reader, file))) {
        return { score: 0.95, reason: 'a folder session with a session of OpenCode' };
      }
    }
  }
  return NO;
}

function detectDocument(text: string): Detection {
  const value = parse(text);
  if (isSession(value)) {
    return { score: 0.95, reason: 'a session with project, directory and time' };
  }
  if (isObject(value) && isSession(value.info) && Array.isArray(value.messages)) {
    return { score: 0.95, reason: 'an export: a session with its messages' };
  }
  // A document that is longer than the head.
  const start = text.slice(0, 4000);
  if (/^\{\s*"info"\s*:\s*\{/.test(start) && /"projectID"\s*:/.test(start) && /"directory"\s*:/.test(start)) {
    return { score: 0.9, reason: 'an export: a session, then its messages' };
  }
  return NO;
}

/** Lines that `opencode run --format json` printed. */
export function detectStream(text: string): Detection {
  let parts = 0;
  let others = 0;
  for (const line of splitLines(text).slice(0, 50)) {
    for (const { value } of splitJsonLine(line).objects) {
      if (typeof value.sessionID === 'string' && isPart(value.part) && 'messageID' in value.part) parts++;
      else others++;
    }
  }
  return parts > others ? { score: 0.9, reason: `${parts} lines with parts of messages` } : NO;
}

/** The session that started this one, where its file is there: they are read together. */
export async function partOfSession(entry: Entry, reader: ArtifactReader): Promise<string | undefined> {
  if (entry.kind !== 'file' || !entry.name.endsWith('.json')) return undefined;
  const parent = (await readSession(reader, entry))?.parentID;
  if (parent === undefined || !/^[\w-]{1,120}$/.test(parent)) return undefined;
  for (const name of [`${parent}.json`, `ses_${parent}.json`]) {
    const found = await reader.stat(joinPath(dirName(entry.path), name));
    if (found?.kind === 'file' && found.path !== entry.path) return found.path;
  }
  return undefined;
}

function parse(text: string): unknown {
  return parseJsonText(text);
}
