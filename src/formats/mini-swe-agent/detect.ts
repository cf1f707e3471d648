import { isLfsPointer } from '../../base/lfs-pointer.ts';
import type { Detection, Probe } from '../format.ts';

/** A submission of megabytes may stand before everything that tells; then this much is looked at. */
const DEEP_HEAD = 8 * 1024 * 1024;

const FORMAT = /"trajectory_format"\s*:\s*"(mini-swe-agent[\w.-]*)"/;
const VERSION = /"mini_version"\s*:\s*"([^"]*)"/;
const SENTINEL = /(?:COMPLETE_TASK_AND_SUBMIT|MINI_SWE_AGENT)_FINAL_OUTPUT/;
const ROLE = /"role"\s*:\s*"(?:system|user|assistant)"/;

/** By the harness's own marks in the header; a bare list of messages by the prompt that names the submit command. */
export async function detectMini({ entry, head, reader }: Probe): Promise<Detection> {
  const named = entry.name.endsWith('.traj.json');
  const text = head.replace(/^\ufeff/, '').trimStart();
  if (text === '' || isLfsPointer(text)) {
    return named
      ? { score: 0.55, reason: 'no content, but named as mini-SWE-agent names trajectories' }
      : { score: 0, reason: 'no content' };
  }
  if (text.startsWith('[')) return detectList(text, named);
  if (!text.startsWith('{')) return { score: 0, reason: 'no JSON' };
  const shallow = detectDocument(text, named);
  if (shallow.score >= 0.9 || !/^\{\s*"info"\s*:/.test(text)) return shallow;
  const deep = await reader.head(entry.path, DEEP_HEAD);
  return deep === undefined ? shallow : detectDocument(deep, named);
}

function detectDocument(text: string, named: boolean): Detection {
  const format = FORMAT.exec(text);
  if (format) return { score: 0.98, reason: `trajectory_format ${format[1]}` };
  const version = VERSION.exec(text);
  if (version && text.includes('"model_stats"')) {
    return { score: 0.97, reason: `mini_version ${version[1]}` };
  }
  const messages = /"messages"\s*:\s*\[/.test(text) && ROLE.test(text);
  const info = /^\{\s*"info"\s*:\s*\{/.test(text) && text.includes('"exit_status"');
  if (messages && (info || SENTINEL.test(text))) {
    return {
      score: named ? 0.9 : 0.7,
      reason: 'messages with the exit status or submit command of mini-SWE-agent',
    };
  }
  if (info && named) return { score: 0.7, reason: 'info with exit_status, named *.traj.json' };
  return { score: 0, reason: 'no mark of mini-SWE-agent' };
}

function detectList(text: string, named: boolean): Detection {
  if (!/^\[\s*\{/.test(text) || !ROLE.test(text) || !text.includes('"content"')) {
    return { score: 0, reason: 'no list of messages' };
  }
  if (!SENTINEL.test(text)) return { score: 0.1, reason: 'a list of messages without the submit command' };
  return { score: named ? 0.85 : 0.7, reason: 'a list of messages whose prompt names the submit command' };
}
