import type { FileVersion, StateHistory } from '../model/state.ts';

/** Where a line of a file comes from: the versions since which it stands, newest first; the last one brought it in. */
export interface LineOrigin {
  readonly text: string;
  /** The version asked about, back to the one that brought the line in. */
  readonly versions: readonly FileVersion[];
  /** False when a version with unknown content hides where the line really comes from. */
  readonly certain: boolean;
}

/** Follows a line (from 1) of the version of a file that holds at a position back through the file's history. */
export function blameLine(
  history: StateHistory,
  path: string,
  position: number,
  line: number,
): LineOrigin | undefined {
  const current = history.at(position).file(path);
  const text = current?.content?.split('\n')[line - 1];
  if (!current || text === undefined) return undefined;
  const versions = [current];
  const earlier = history.versions(path).slice(0, current.version - 1);
  for (const version of earlier.toReversed()) {
    if (!version.exists) return { text, versions, certain: true };
    if (version.content === undefined) return { text, versions, certain: false };
    if (!hasLine(version.content, text)) return { text, versions, certain: true };
    versions.push(version);
  }
  return { text, versions, certain: true };
}

function hasLine(content: string, line: string): boolean {
  for (let at = content.indexOf(line); at >= 0; at = content.indexOf(line, at + 1)) {
    const startsLine = at === 0 || content[at - 1] === '\n';
    const end = at + line.length;
    if (startsLine && (end === content.length || content[end] === '\n')) return true;
  }
  return line === '' && content === '';
}
