import { dirName, joinPath } from '../../base/path.ts';
import type { Enricher } from '../format.ts';
import { findInstance } from './read-report.ts';

const REPORT = 'output.swebench_eval.md';

/** How many folders are looked at: the artifact's own and those above, `<output>/llm_completions/<instance>`. */
const LEVELS = 3;

/** The report that OpenHands' evaluation writes beside `output.jsonl`; the benchmark's own ones are read elsewhere. */
export const openhandsEvalEnricher: Enricher = {
  id: 'openhands-eval',
  title: `OpenHands' report of a SWE-bench evaluation (${REPORT})`,
  async enrich(run, artifact, reader) {
    const instance = run.task?.id;
    // A report is about what the last attempt handed in.
    if (!run.format.startsWith('openhands-') || run.superseded || instance === undefined) return;
    let folder = artifact.kind === 'directory' ? artifact.path : dirName(artifact.path);
    for (let level = 0; level < LEVELS; level++, folder = joinPath(folder, '..')) {
      const path = joinPath(folder, REPORT);
      const text = (await reader.text(path))?.text;
      const finding = text === undefined ? undefined : findInstance(text, instance);
      if (!finding) continue;
      const { line, ...said } = finding;
      run.artifact({ path, use: 'enrichment' });
      const place = { artifact: path, line };
      run.outcomeSignals.push({ source: REPORT, ...said, authority: 'checker', place });
      return;
    }
  },
};
