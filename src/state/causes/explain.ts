import { exhaustive } from '../../base/assert.ts';
import type { Explanation, Subject } from './cause.ts';
import type { CauseIndex } from './cause-index.ts';
import { explainError, explainFailure } from './explain/explain-error.ts';
import { explainLine, explainRead, explainVersion } from './explain/explain-file.ts';
import {
  explainBranch,
  explainDirectory,
  explainEnvironment,
  explainPackage,
  explainPort,
  explainProcess,
  explainService,
} from './explain/explain-setting.ts';
import { explainStep } from './explain/explain-step.ts';
import { explainTest } from './explain/explain-test.ts';

/** What a subject comes to, and what it rests on; undefined when nothing is known of it. */
export function explain(index: CauseIndex, subject: Subject): Explanation | undefined {
  switch (subject.kind) {
    case 'version':
      return explainVersion(index, subject);
    case 'line':
      return explainLine(index, subject);
    case 'read':
      return explainRead(index, subject);
    case 'error':
      return explainError(index, subject);
    case 'failure':
      return explainFailure(index, subject);
    case 'test':
      return explainTest(index, subject);
    case 'directory':
      return explainDirectory(index, subject.position);
    case 'branch':
      return explainBranch(index, subject.position);
    case 'environment':
      return explainEnvironment(index, subject.name, subject.position);
    case 'package':
      return explainPackage(index, subject.name, subject.position);
    case 'service':
      return explainService(index, subject.name, subject.position);
    case 'process':
      return explainProcess(index, subject.name, subject.position);
    case 'port':
      return explainPort(index, subject.port, subject.position);
    case 'step':
      return explainStep(index, subject);
    case 'given':
      return { key: subject.key, cause: subject.cause, because: subject.because };
    default:
      return exhaustive(subject);
  }
}
