import { foldWhitespace } from '../../base/text.ts';
import type { StepId } from '../../model/ids.ts';
import type { Run } from '../../model/run.ts';
import type { Commitment } from '../../model/state.ts';
import type { Step } from '../../model/step.ts';
import { type DoneStep, keyOfDeed, keysOfStep, mentionKeys } from './deed-keys.ts';
import { findPromises } from './find-promises.ts';
import { type NamedDeed, readDeed } from './read-deed.ts';
import { readTodoList, type TodoItem } from './todo-list.ts';

type OpenCommitment = { -readonly [K in keyof Commitment]: Commitment[K] };

interface Held {
  readonly commitment: OpenCommitment;
  readonly at: number;
  keptAt?: number;
}

/** Todo items of one run that are followed. */
const MOST_ITEMS = 2000;

/** What the agent said it would do, and the steps that did it. */
export class PromiseLedger {
  private readonly held: Held[] = [];
  private readonly openByKey = new Map<string, Held[]>();
  private readonly items = new Map<string, Held | undefined>();
  /** Everything that was done, by key, with the last step that did it: a list may name what is done already. */
  private readonly doneBy = new Map<string, StepId>();

  /** Takes in a step after its effects are known. */
  add(step: Step, at: number, done: DoneStep): void {
    if (step.thought !== undefined) {
      const place = step.thoughtRef;
      for (const { quote, ...deed } of findPromises(step.thought))
        this.promise(deed, at, { step: step.id, quote, source: 'thought', ...(place && { place }) });
    }
    const list = readTodoList(step);
    if (list) this.readList(list, step, at);
    const keys = keysOfStep(done);
    for (const key of keys) this.doneBy.set(key, step.id);
    if (this.openByKey.size === 0) return;
    this.keep(keys.has('anything') ? this.openByKey.keys() : keys, step.id, at);
    if (this.openByKey.size > 0) this.keep(mentionKeys(done, keys), step.id, at);
    // A file that is made right after the promise is the one that was meant, whatever it is called.
    if (!keys.has('writes')) return;
    for (let i = this.held.length - 1; this.held[i]?.at === at; i--) {
      const held = this.held[i];
      if (held?.commitment.deed === 'create' && held.commitment.source === 'thought')
        this.settle(held, step.id, at);
    }
  }

  /** The last message, and the end of the run. */
  finish(run: Run, last: StepId | undefined, at: number): void {
    const { finalMessage } = run;
    if (finalMessage === undefined || last === undefined) return;
    // Harnesses repeat the last thought as the final message: it is promised once.
    const said = new Set(this.held.slice(-40).map(({ commitment }) => commitment.quote));
    for (const { quote, ...deed } of findPromises(finalMessage.text)) {
      if (said.has(quote)) continue;
      this.promise(deed, at, { step: last, quote, source: 'final-message', place: finalMessage.place });
    }
  }

  get all(): readonly Commitment[] {
    return this.held.map(({ commitment }) => commitment);
  }

  /** What was promised up to a position and nothing up to there shows done. */
  openAt(position: number): Commitment[] {
    return this.held.flatMap(({ commitment, at, keptAt }) => {
      if (at > position || (keptAt !== undefined && keptAt <= position)) return [];
      const { keptBy: _, ...open } = commitment;
      return [keptAt === undefined ? commitment : open];
    });
  }

  private promise(
    deed: NamedDeed,
    at: number,
    said: Pick<Commitment, 'step' | 'quote' | 'source' | 'place'>,
  ): Held {
    const held: Held = {
      commitment: {
        number: this.held.length + 1,
        ...said,
        deed: deed.deed,
        ...(deed.object !== undefined && { object: deed.object }),
      },
      at,
    };
    this.held.push(held);
    const key = keyOfDeed(deed);
    const open = this.openByKey.get(key);
    if (open) open.push(held);
    else this.openByKey.set(key, [held]);
    return held;
  }

  private readList(list: readonly TodoItem[], step: Step, at: number): void {
    for (const { text, isDone } of list) {
      const name = foldWhitespace(text);
      if (!this.items.has(name)) {
        if (this.items.size >= MOST_ITEMS) return;
        const deed = readItem(name);
        const place = step.actionRef;
        const held = deed && this.promise(deed, at, { step: step.id, quote: text, source: 'todo', place });
        this.items.set(name, held);
        // What was done before the list was written is not asked for again.
        const before = deed && isDone ? this.doneBy.get(keyOfDeed(deed)) : undefined;
        if (held && before !== undefined) this.settle(held, before, at);
      }
      const held = this.items.get(name);
      if (held && isDone && held.commitment.markedBy === undefined) {
        held.commitment.markedBy = step.id;
        const before = this.doneBy.get(
          keyOfDeed({
            deed: held.commitment.deed,
            ...(held.commitment.object !== undefined && { object: held.commitment.object }),
          }),
        );
        if (held.keptAt === undefined && before !== undefined) this.settle(held, before, at);
      }
    }
  }

  private keep(keys: Iterable<string>, by: StepId, at: number): void {
    for (const key of keys) {
      const open = this.openByKey.get(key);
      if (!open) continue;
      for (const held of open) this.settle(held, by, at);
      this.openByKey.delete(key);
    }
  }

  private settle(held: Held, by: StepId, at: number): void {
    if (held.keptAt !== undefined) return;
    held.keptAt = at;
    held.commitment.keptBy = by;
  }
}

/** An item of a list begins with its verb; bold type and numbers before it do not count. */
function readItem(text: string): NamedDeed | undefined {
  const clause = text.replace(/^[*_\d.) ]+/, '');
  for (const part of clause.split(/,? (?:and|then) (?=[a-z])/).slice(0, 1)) return readDeed(part);
  return undefined;
}
