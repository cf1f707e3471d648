import type { JsonObject } from '../base/json.ts';
import type { FileFact } from '../model/file-fact.ts';
import type { Branch, Message, Run } from '../model/run.ts';
import type { Step } from '../model/step.ts';
import type { Redactor } from './redact.ts';

/** A copy of a run without the secrets in its texts. Ids, names of tools and places stay as they are. */
export function redactRun(run: Run, redactor: Redactor): Run {
  const text = (value: string): string => redactor.redact(value);
  const step = (value: Step): Step => redactStep(value, redactor);
  const message = (value: Message): Message => ({ ...value, text: text(value.text) });
  const branch = (value: Branch): Branch => ({
    ...value,
    ...(value.prompt !== undefined && { prompt: text(value.prompt) }),
    ...(value.finalMessage !== undefined && { finalMessage: text(value.finalMessage) }),
    ...(value.messages && { messages: value.messages.map(message) }),
    steps: value.steps.map(step),
  });
  const { task, finalMessage, submission, outcome } = run;
  return {
    ...run,
    ...(task && { task: { ...task, ...(task.text !== undefined && { text: text(task.text) }) } }),
    outcome: {
      ...outcome,
      signals: outcome.signals.map((signal) => ({ ...signal, detail: text(signal.detail) })),
      checks: outcome.checks.map((check) => ({
        ...check,
        ...(check.message !== undefined && { message: text(check.message) }),
      })),
    },
    steps: run.steps.map(step),
    branches: run.branches.map(branch),
    messages: run.messages.map(message),
    ...(finalMessage && {
      finalMessage: {
        ...finalMessage,
        text: text(finalMessage.text),
        ...(finalMessage.parts && {
          parts: finalMessage.parts.map((part) => ({ ...part, text: text(part.text) })),
        }),
      },
    }),
    ...(submission && { submission: { ...submission, text: text(submission.text) } }),
    exceptions: run.exceptions.map((exception) => ({
      ...exception,
      message: text(exception.message),
      ...(exception.quote !== undefined && { quote: text(exception.quote) }),
    })),
  };
}

function redactStep(step: Step, redactor: Redactor): Step {
  const { thought, action, args, observation, rawOutput, images, fileFacts } = step;
  return {
    ...step,
    action: redactor.redact(action),
    ...(thought !== undefined && { thought: redactor.redact(thought) }),
    ...(args && { args: redactArguments(args, redactor) }),
    ...(observation !== undefined && { observation: redactor.redact(observation) }),
    ...(rawOutput !== undefined && { rawOutput: redactor.redact(rawOutput) }),
    ...(fileFacts && { fileFacts: fileFacts.map((fact) => redactFact(fact, redactor)) }),
    ...(images && { images: images.map((image) => redactor.redact(image)) }),
  };
}

function redactFact(fact: FileFact, redactor: Redactor): FileFact {
  const { before, after } = fact;
  return {
    ...fact,
    ...(typeof before === 'string' && { before: redactor.redact(before) }),
    ...(typeof after === 'string' && { after: redactor.redact(after) }),
  };
}

/** Every text in the arguments, at any depth; the engine walks the value. */
function redactArguments(args: JsonObject, redactor: Redactor): JsonObject {
  const copy: JsonObject = JSON.parse(JSON.stringify(args), (_key, value: unknown) =>
    typeof value === 'string' ? redactor.redact(value) : value,
  );
  return copy;
}
