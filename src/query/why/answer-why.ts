import { exhaustive } from '../../base/assert.ts';
import { causeIndexOf } from '../../state/causes/cause-index.ts';
import { asCauses, USUAL_CAUSES, walkCauses } from '../../state/causes/walk-causes.ts';
import type { Analysis } from '../analysis.ts';
import { askError } from './ask-error.ts';
import { askFile } from './ask-file.ts';
import { askOutcome } from './ask-outcome.ts';
import {
  askBranch,
  askDirectory,
  askEnvironment,
  askPackage,
  askPort,
  askProcess,
  askService,
} from './ask-setting.ts';
import { askStep } from './ask-step.ts';
import { askTest } from './ask-test.ts';
import { readTarget, type Target } from './target.ts';
import { type Asked, toLink, type WhyAnswer } from './why-answer.ts';

export interface WhyOptions {
  /** So many causes are followed at most, the nearest first; 12 unless told. */
  readonly most?: number;
}

/**
 * Which steps made something so: the chain of causes of a file or lines of it, a test's result, an error, the directory,
 * a variable, a package, a process, a service, a port, the branch, a step, or the outcome. Each link has quotes that
 * stand word for word in the run, and says how it is known.
 * @throws CodetracerError `unknown-target` when the target is none, nothing is known of it, or several things fit it
 * (they are named), `unknown-step` for a step that is not there.
 */
export function answerWhy(analysis: Analysis, target: string, options: WhyOptions = {}): WhyAnswer {
  const read = readTarget(analysis, target);
  const { answer, roots, later } = ask(analysis, read);
  const chain = walkCauses(causeIndexOf(analysis.history), roots, options.most ?? USUAL_CAUSES);
  return {
    target,
    answer,
    links: chain.causes.map(toLink),
    later: asCauses(later ?? []).map(toLink),
    more: chain.more,
  };
}

function ask(analysis: Analysis, target: Target): Asked {
  switch (target.kind) {
    case 'file':
      return askFile(analysis, target);
    case 'test':
      return askTest(analysis, target);
    case 'error':
      return askError(analysis, target);
    case 'cwd':
      return askDirectory(analysis, target);
    case 'env':
      return askEnvironment(analysis, target);
    case 'package':
      return askPackage(analysis, target);
    case 'process':
      return askProcess(analysis, target);
    case 'service':
      return askService(analysis, target);
    case 'port':
      return askPort(analysis, target);
    case 'branch':
      return askBranch(analysis, target);
    case 'step':
      return askStep(analysis, target);
    case 'outcome':
      return askOutcome(analysis);
    default:
      return exhaustive(target.kind);
  }
}
