import { writeBenchReport } from '../../app/bench/write-bench-report.ts';
import { EXIT } from '../exit-codes.ts';
import { terminalText } from '../output/terminal-text.ts';
import { writeJson, writeOut } from '../output/write-out.ts';
import {
  BENCH_FOLDER,
  gatherMeasured,
  type MeasureCommandOptions,
  reportNotes,
  scoreOptions,
} from './bench-options.ts';

export interface BenchReportCommandOptions extends MeasureCommandOptions {
  readonly out?: string;
}

export async function benchReportCommand(
  path: string | undefined,
  options: BenchReportCommandOptions,
): Promise<number> {
  const measured = await gatherMeasured(path === undefined ? [] : [path], options);
  const [first] = measured.folders;
  const folder = options.out ?? first?.folder ?? BENCH_FOLDER;
  const document = await writeBenchReport(folder, measured, first?.manifest, scoreOptions(options));
  await (options.json
    ? writeJson(document)
    : writeOut(document.files.map((file) => `${terminalText(`${folder}/${file}`)}\n`).join('')));
  reportNotes(measured.notes);
  return EXIT.done;
}
