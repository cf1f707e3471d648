import { readRuns } from '../../src/app/read-runs.ts';
import { baseName } from '../../src/base/path.ts';
import { analyzeStep } from '../../src/effects/analyze-step.ts';
import { classifyEffects } from '../../src/effects/classify-effects.ts';
import { analyzeShell } from '../../src/effects/shell/analyze-shell.ts';
import { judgeScriptName } from '../../src/effects/shell/judge-script-name.ts';
import { analyzeTool, type ToolInput } from '../../src/effects/tools/analyze-tool.ts';
import { commandArg } from '../../src/effects/tools/arguments.ts';
import type { Effect } from '../../src/model/effect.ts';
import type { Step } from '../../src/model/step.ts';
import { CORPUS, hasCorpus } from '../../test/support/corpus.ts';

/** A script that the run wrote before it ran it, so that its name can be held against its text. */
const SCRIPT_CALL = /^(?:cd \S+ && )?(?:\w+=\S+ )*(?:python3?|bash|sh|node)\s+(\S+\.(?:py|sh|js))(?:\s|$)/;

/** Shell commands of the corpus: what is not parsed, what is not known, and what names of scripts tell. */
export async function measureCorpus(): Promise<void> {
  if (!hasCorpus) {
    console.error('no corpus: set CODETRACER_CORPUS');
    return;
  }
  const commands = new Map<string, number>();
  const classes = { requested: 0, happened: 0, steps: 0 };
  const names = new Map<string, string>();
  for await (const item of readRuns([CORPUS])) {
    if (item.kind !== 'run') continue;
    const texts = new Map<string, string>();
    const lookUp = (path: string): string | undefined => texts.get(baseName(path));
    for (const step of item.run.steps) {
      const analysis = analyzeTool({ ...inputOf(step), script: lookUp });
      for (const effect of analysis.effects) noteText(effect, texts);
      if (!analysis.traced || /python/i.test(step.tool)) continue;
      const command = commandArg(step.args) ?? step.action;
      commands.set(command, (commands.get(command) ?? 0) + 1);
      const { requested, happened } = analyzeStep(step);
      classes.steps++;
      if (requested.class === 'change') classes.requested++;
      if (happened.class === 'change') classes.happened++;
      const script = baseName(SCRIPT_CALL.exec(command.trim())?.[1] ?? '');
      if (script !== '' && texts.has(script))
        names.set(script, `${judgeScriptName(script)} ${classifyEffects(analysis.effects, true).class}`);
    }
  }
  reportParsing([...commands.keys()]);
  console.log(
    `steps with a shell command: ${classes.steps}; change as asked ${classes.requested}, as it came out ${classes.happened}`,
  );
  reportNames(names);
}

function inputOf(step: Step): ToolInput {
  return { tool: step.tool, args: step.args, action: step.action, observation: step.observation };
}

function noteText(effect: Effect, texts: Map<string, string>): void {
  if (effect.kind === 'write' && effect.change.kind === 'set')
    texts.set(baseName(effect.path), effect.change.content);
  else if (effect.kind === 'copy' || effect.kind === 'move') {
    const text = texts.get(baseName(effect.from));
    if (text !== undefined) texts.set(baseName(effect.to), text);
  }
}

function reportParsing(commands: readonly string[]): void {
  const reasons = new Map<string, { count: number; example: string }>();
  const unknown = new Map<string, number>();
  const certainty = new Map<string, number>();
  for (const command of commands) {
    const analysis = analyzeShell(command);
    const key = `${analysis.requested.class} ${analysis.requested.certainty}`;
    certainty.set(key, (certainty.get(key) ?? 0) + 1);
    for (const name of new Set(analysis.unknown)) unknown.set(name, (unknown.get(name) ?? 0) + 1);
    if (analysis.unparsed === undefined) continue;
    const entry = reasons.get(analysis.unparsed) ?? { count: 0, example: command };
    reasons.set(analysis.unparsed, { ...entry, count: entry.count + 1 });
  }
  const broken = [...reasons.values()].reduce((sum, { count }) => sum + count, 0);
  console.log(`\ncorpus: ${commands.length} different shell commands, ${broken} not (wholly) parsed`);
  for (const [reason, { count, example }] of reasons)
    console.log(`  ${count} × ${reason}, for one ${JSON.stringify(example.slice(0, 70))}`);
  console.log(`classes: ${[...certainty].map(([key, count]) => `${key} ${count}`).join(', ')}`);
  const common = [...unknown].filter(([, count]) => count > 1).toSorted((a, b) => b[1] - a[1]);
  console.log(
    `programs and scripts that nobody can read: ${unknown.size}; most often ${common
      .slice(0, 25)
      .map(([name, count]) => `${JSON.stringify(name)} ${count}`)
      .join(', ')}`,
  );
}

/** What the name says (makes, looks, nothing) against what the script's text does. */
function reportNames(names: ReadonlyMap<string, string>): void {
  const table = new Map<string, number>();
  for (const value of names.values()) table.set(value, (table.get(value) ?? 0) + 1);
  const of = (said: string, done: string): number => table.get(`${said} ${done}`) ?? 0;
  console.log(`\nnames of ${names.size} scripts against their texts (share that changes something):`);
  for (const said of ['makes', 'looks', 'unknown'])
    console.log(`  name ${said}: ${of(said, 'change')} of ${of(said, 'change') + of(said, 'explore')}`);
}
