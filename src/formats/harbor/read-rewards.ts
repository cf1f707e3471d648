import { asNumber, isObject, pointer } from '../../base/json.ts';
import type { OutcomeSignal } from '../../model/outcome.ts';
import type { ArtifactReader } from '../port.ts';

/** `verifier/reward.txt`: one number, 1 for solved. */
export async function readRewardText(
  reader: ArtifactReader,
  path: string,
): Promise<OutcomeSignal | undefined> {
  const content = await reader.text(path);
  if (!content) return undefined;
  const detail = content.text.trim();
  const score = detail === '' ? Number.NaN : Number(detail);
  const quote = detail === '' ? undefined : detail;
  const read = Number.isFinite(score) ? score : undefined;
  return signal('verifier/reward.txt', 'checker', read, detail, { artifact: path }, quote);
}

/** `verifier/reward.json`: `{"reward": 1}`, alone or beside graded parts such as `f2p`, `p2p`, `partial`. */
export async function readRewardJson(
  reader: ArtifactReader,
  path: string,
): Promise<OutcomeSignal | undefined> {
  const document = await reader.json(path);
  if (!document) return undefined;
  const found = pickReward(document.value);
  const detail = JSON.stringify(document.value) ?? '';
  const place = found ? { artifact: path, pointer: pointer(found.key) } : { artifact: path };
  return signal('verifier/reward.json', 'checker', found?.score, detail, place, found && String(found.score));
}

/** The number that decides: `reward`, or the only number that there is. */
export function pickReward(value: unknown): { readonly key: string; readonly score: number } | undefined {
  if (!isObject(value)) return undefined;
  const reward = asNumber(value.reward);
  if (reward !== undefined) return { key: 'reward', score: reward };
  const numbers = Object.entries(value).flatMap(([key, entry]) => {
    const score = asNumber(entry);
    return score === undefined ? [] : [{ key, score }];
  });
  return numbers.length === 1 ? numbers[0] : undefined;
}

export function signal(
  source: string,
  authority: OutcomeSignal['authority'],
  score: number | undefined,
  detail: string,
  place: OutcomeSignal['place'],
  quote?: string,
): OutcomeSignal {
  const says = score === undefined ? 'unknown' : score >= 1 ? 'solved' : 'failed';
  return {
    source,
    authority,
    says,
    ...(score !== undefined && { score }),
    detail,
    ...(quote !== undefined && { quote }),
    place,
  };
}
