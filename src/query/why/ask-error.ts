import { firstLine } from '../../base/text.ts';
import { causeIndexOf } from '../../state/causes/cause-index.ts';
import { afterError } from '../../state/causes/later.ts';
import type { Analysis } from '../analysis.ts';
import { type Target, unknownTarget } from './target.ts';
import type { Asked } from './why-answer.ts';

export function askError({ history }: Analysis, { name, text }: Target): Asked {
  const index = causeIndexOf(history);
  const error = /^\d+$/.test(name) ? index.error(Number(name)) : undefined;
  if (!error) {
    const last = history.errors.at(-1)?.number ?? 0;
    throw unknownTarget(
      text,
      last === 0 ? 'the run shows no errors' : `errors go from 1 to ${last}`,
      last === 0 ? undefined : '`codetracer state <run> last` lists the open ones',
    );
  }
  const first = index.sameErrors(error.signature)[0];
  const again =
    first && first.number !== error.number
      ? `, first shown by step ${first.step} as error ${first.number}`
      : '';
  const gone =
    error.resolvedBy === undefined
      ? 'nothing is known to have resolved it'
      : `resolved by step ${error.resolvedBy}`;
  return {
    answer: `step ${error.step} showed ${JSON.stringify(firstLine(error.line, 120))}${again}; ${gone}`,
    roots: [{ kind: 'error', number: error.number }],
    later: afterError(index, error),
  };
}
