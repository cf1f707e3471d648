import type { Diagnosis } from '../model/diagnosis.ts';
import type { Run } from '../model/run.ts';
import type { StateHistory } from '../model/state.ts';
import type { TraceTree } from '../model/tree.ts';

/** Everything that is known about one run: what every question is answered from. */
export interface Analysis {
  readonly run: Run;
  readonly history: StateHistory;
  readonly tree: TraceTree;
  readonly diagnosis: Diagnosis;
}
