import type { StepEffects } from '../model/effect.ts';
import type { Step } from '../model/step.ts';
import { analyzeStep, type StepContext } from './analyze-step.ts';
import { showScreen } from './live/read-screen.ts';
import { FRESH_SESSION } from './live/session.ts';
import { typesKeys } from './tools/analyze-tool.ts';
import type { LiveTerminal } from './tools/tool-call.ts';

/**
 * An analyzer for the steps of one run, in their order: it follows the live terminal of each thread, so that keys are
 * read as what the program gets that runs there. Every run needs one of its own.
 */
export function createStepAnalyzer(): (step: Step, context?: StepContext) => StepEffects {
  const terminals = new Map<string, LiveTerminal>();
  return (step, context = {}) => {
    if (!typesKeys(step.tool)) return analyzeStep(step, context);
    // A sub-agent (`7.1`) has a terminal of its own.
    const thread = step.id.includes('.') ? step.id.slice(0, step.id.lastIndexOf('.')) : '';
    const terminal = terminals.get(thread) ?? { session: FRESH_SESSION };
    terminals.set(thread, terminal);
    const effects = analyzeStep(step, context, terminal);
    terminal.session = showScreen(terminal.session, step.observation);
    return effects;
  };
}
