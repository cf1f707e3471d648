import type { Detection, Probe } from '../format.ts';

const VERSION = /"schema_version"\s*:\s*"(ATIF-v[\w.]+)"/;

/** By the schema's name at the top of the document; by the shape of its steps when the name is not there. */
export function detectAtif({ entry, head }: Probe): Detection {
  const text = head.trimStart();
  if (!text.startsWith('{')) return { score: 0, reason: 'no JSON object' };
  const version = VERSION.exec(text);
  if (version) {
    if (depthAt(text, version.index) === 1) return { score: 0.98, reason: `schema_version ${version[1]}` };
    return {
      score: 0.2,
      reason: `${version[1]} stands below other keys: no trajectory, but a holder of some`,
    };
  }
  const marks = ['"steps"', '"step_id"', '"source"'].filter((mark) => text.includes(mark));
  if (marks.length === 3 && /"source"\s*:\s*"(?:agent|user|system)"/.test(text)) {
    const named = entry.name.endsWith('trajectory.json');
    return { score: named ? 0.75 : 0.6, reason: 'steps with step_id and source, no schema_version seen' };
  }
  return { score: 0, reason: 'no ATIF schema_version' };
}

/** How many objects and arrays are open at an offset. */
function depthAt(text: string, offset: number): number {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < offset; i++) {
    const char = text[i];
    if (char === '\\') i++;
    else if (char === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (char === '{' || char === '[') depth++;
    else if (char === '}' || char === ']') depth--;
  }
  return depth;
}
