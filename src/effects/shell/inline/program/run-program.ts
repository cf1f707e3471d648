import { exhaustive } from '../../../../base/assert.ts';
import { isChange } from '../../../../model/is-change.ts';
import type { Host } from '../../host.ts';
import { assignTo, evaluate, itemsOf } from './evaluate.ts';
import { closeFile } from './file-texts.ts';
import { findAssigned, hasBreak } from './find-assigned.ts';
import { Machine, type ProgramText } from './machine.ts';
import type { Expression, FunctionText, Statement } from './syntax.ts';
import {
  type Body,
  type CallArguments,
  type Doubt,
  type FunctionValue,
  type HandleValue,
  listOf,
  NONE,
  sourcesOf,
  textOf,
  truthiness,
  UNKNOWN,
  type Value,
} from './values.ts';

/** How a block ended. `fail`: with an error that shows in the output unless somebody catches it. */
type Ending =
  | { readonly kind: 'next' | 'break' | 'continue' | 'fail' | 'exit' }
  | { readonly kind: 'return'; readonly value: Value };

const NEXT: Ending = { kind: 'next' };
const CALL_DEPTH = 24;
const CALL_LIMIT = 5_000;
/** A loop over more items than this is read once, with values that nobody knows. */
const LOOP_LIMIT = 20_000;
/** So many rounds of a loop are read one by one when something in it may jump. */
const FEW = 64;

/** Reads a program as if it ran, and tells the host what it does. */
export function runProgram(program: ProgramText, host: Host): void {
  const machine = new Machine(host, program);
  const runner = new Runner(machine);
  machine.callFunction = (callee, call) => runner.call(callee, call);
  machine.evaluate = (expression) => evaluate(machine, expression);
  machine.assign('__name__', textOf('__main__'));
  const ending = runner.block(program.statements);
  runner.closeAll();
  // An error that we hold for sure may come from what we do not: the rest is read all the same.
  if (machine.exhausted || ending.kind === 'fail') readOnce(program, host);
  else runner.readUncalled();
}

/** A program that runs for too long is read once more, statement by statement and function by function, in no loop. */
function readOnce(program: ProgramText, host: Host): void {
  const changing: Host = { ...host, emit: (effect) => isChange(effect) && host.emit(effect) };
  const machine = new Machine(changing, program, 'once');
  const runner = new Runner(machine);
  machine.evaluate = (expression) => evaluate(machine, expression);
  machine.assign('__name__', textOf('__main__'));
  machine.doubting(1, () => {
    runner.block(program.statements);
    runner.closeAll();
    runner.readUncalled(1);
  });
}

class Runner {
  private readonly machine: Machine;
  private readonly defined: FunctionText[] = [];
  /** Files that are open, in the order of opening. */
  private open: HandleValue[] = [];
  /** An end of the program, or an error, that a call made by the current statement came to. */
  private unwound: Ending | undefined;
  /** Conditions that nobody could decide left a function, or a round of a loop, early. */
  private readonly swallowed = { return: false, jump: false };

  constructor(machine: Machine) {
    this.machine = machine;
  }

  block(body: Body): Ending {
    const { machine } = this;
    const before = machine.doubt;
    let ending = NEXT;
    for (const statement of body) {
      if (machine.exhausted) break;
      ending = this.statement(statement);
      if (this.unwound && ending.kind === 'next') {
        ending = this.unwound;
        this.unwound = undefined;
      }
      if (ending.kind !== 'next') break;
    }
    machine.doubt = before;
    return ending;
  }

  private statement(statement: Statement): Ending {
    const { machine } = this;
    switch (statement.kind) {
      case 'expression': {
        evaluate(machine, statement.value);
        this.closeUnnamed(UNKNOWN);
        return isExit(statement.value) ? { kind: exitKind(machine, statement.value) } : NEXT;
      }
      case 'assign': {
        const value = this.evaluate(statement.value);
        for (const target of statement.targets) assignTo(machine, target, value);
        return NEXT;
      }
      case 'augment': {
        const before = evaluate(machine, statement.target);
        const value = evaluate(machine, statement.value);
        if (before.kind === 'list' && !before.isTuple && statement.operator === '+') {
          // In place, so that other names of the list see it.
          const more = value.kind === 'list' && machine.branching === 0 ? value.items : undefined;
          before.items = more && before.items ? [...before.items, ...more] : undefined;
        } else assignTo(machine, statement.target, machine.dialect.binary(statement.operator, before, value));
        return NEXT;
      }
      case 'if':
        return this.branch(statement);
      case 'for':
        return this.loop(statement);
      case 'while': {
        const known = truthiness(evaluate(machine, statement.test));
        if (known !== false) this.perhaps(statement.body);
        return NEXT;
      }
      case 'with':
        return this.with(statement);
      case 'try':
        return this.try(statement);
      case 'define': {
        this.defined.push(statement.define);
        machine.assign(statement.define.name, {
          kind: 'function',
          define: statement.define,
          self: undefined,
        });
        return NEXT;
      }
      case 'class':
        this.defineClass(statement);
        return NEXT;
      case 'return':
        return { kind: 'return', value: statement.value ? this.evaluate(statement.value) : NONE };
      case 'raise':
        if (statement.value) evaluate(machine, statement.value);
        return { kind: statement.value && isQuietExit(statement.value) ? 'exit' : 'fail' };
      case 'assert':
        return truthiness(evaluate(machine, statement.test)) === false ? { kind: 'fail' } : NEXT;
      case 'jump':
        return { kind: statement.to };
      case 'import':
        machine.assign(statement.name, { kind: 'symbol', name: statement.symbol });
        return NEXT;
      case 'delete':
        for (const target of statement.targets) this.remove(target);
        return NEXT;
      case 'maybe':
        this.perhaps(statement.body);
        return NEXT;
      default:
        return exhaustive(statement);
    }
  }

  /** A value that is kept: a file that was opened for it stays open. */
  private evaluate(expression: Expression): Value {
    const value = evaluate(this.machine, expression);
    if (value.kind === 'handle' && !this.open.includes(value)) this.open.push(value);
    this.closeUnnamed(value);
    return value;
  }

  /** Files that no name holds are closed at once. */
  private closeUnnamed(value: Value): void {
    const { machine } = this;
    const depth = machine.frames.length;
    for (const entry of machine.loose.splice(0)) {
      if (entry.depth < depth) machine.loose.push(entry);
      else if (entry.handle !== value) closeFile(machine, entry.handle);
      else if (!this.open.includes(value)) this.open.push(value);
    }
  }

  closeAll(): void {
    this.closeUnnamed(UNKNOWN);
    for (const handle of this.open) closeFile(this.machine, handle);
    this.open = [];
  }

  private branch(statement: Extract<Statement, { kind: 'if' }>): Ending {
    const { machine } = this;
    const test = evaluate(machine, statement.test);
    const known = truthiness(test);
    if (known !== undefined) {
      const body = known ? statement.body : statement.otherwise;
      // A decision by what a file held is as sure as we are of that.
      if (sourcesOf(test).length > 0) machine.doubt = machine.doubt > 1 ? machine.doubt : 1;
      return this.block(body);
    }
    // `if old in text: text = text.replace(old, …)`: without the condition it comes to the same.
    const before = this.snapshot();
    const yes = this.inDoubt(statement.body);
    const afterYes = this.snapshot();
    this.restore(before);
    const no = this.inDoubt(statement.otherwise);
    if (yes.kind === 'next' && no.kind === 'next') this.merge(afterYes, statement.test);
    else if (yes.kind === 'next') this.restore(afterYes);
    return this.joinEndings(yes, no);
  }

  /** How a condition ended that nobody could decide. */
  private joinEndings(yes: Ending, no: Ending): Ending {
    const { machine } = this;
    const ends = [yes, no].filter((ending) => ending.kind !== 'next');
    // An error shows in the output: whoever knows how the step ended knows of it.
    const quiet = ends.filter((ending) => ending.kind !== 'fail');
    if (ends.length === 2 && quiet.length < 2) return quiet[0] ?? yes;
    for (const { kind } of quiet) {
      if (kind === 'return') this.swallowed.return = true;
      else if (kind !== 'exit') this.swallowed.jump = true;
    }
    if (ends.length === 2) return yes;
    if (quiet.length > 0) machine.doubt = machine.doubt > 1 ? machine.doubt : 1;
    return NEXT;
  }

  private snapshot(): Map<string, Value> {
    return new Map(this.machine.frames.at(-1));
  }

  private restore(values: ReadonlyMap<string, Value>): void {
    const frame = this.machine.frames.at(-1);
    if (!frame) return;
    frame.clear();
    for (const [name, value] of values) frame.set(name, value);
  }

  /** Names that two ways leave with different values have none that is known. */
  private merge(other: ReadonlyMap<string, Value>, test: Expression): void {
    const frame = this.machine.frames.at(-1);
    if (!frame) return;
    for (const [name, value] of other) {
      const here = frame.get(name);
      if (here === value) continue;
      frame.set(name, sameWithout(this.machine, test, here, value) ? value : UNKNOWN);
    }
    for (const name of frame.keys()) if (!other.has(name)) frame.set(name, UNKNOWN);
  }

  private inDoubt(body: Body): Ending {
    const { machine } = this;
    machine.branching++;
    const ending = machine.doubting(1, () => this.block(body));
    machine.branching--;
    return ending;
  }

  /** Runs a block of which nobody knows whether, how often and with which values it runs. */
  private perhaps(body: Body, target?: Expression): void {
    for (const name of findAssigned(body)) this.machine.assign(name, UNKNOWN);
    if (target) assignTo(this.machine, target, UNKNOWN);
    const ending = this.inDoubt(body);
    for (const name of findAssigned(body)) this.machine.assign(name, UNKNOWN);
    // It may have left the function, or the program: what follows runs only perhaps.
    if (ending.kind === 'return' || ending.kind === 'exit') this.joinEndings(ending, NEXT);
  }

  /** What stands behind `else` of a loop runs unless the loop was left with `break`. */
  private otherwise(statement: Extract<Statement, { kind: 'for' }>): Ending {
    if (statement.otherwise.length === 0) return NEXT;
    if (!hasBreak(statement.body)) return this.block(statement.otherwise);
    const ending = this.joinEndings(NEXT, this.inDoubt(statement.otherwise));
    for (const name of findAssigned(statement.otherwise)) this.machine.assign(name, UNKNOWN);
    return ending;
  }

  private loop(statement: Extract<Statement, { kind: 'for' }>): Ending {
    const { machine } = this;
    const { body, target } = statement;
    const over = this.evaluate(statement.over);
    const items = itemsOf(machine, over);
    if (!items || items.length > LOOP_LIMIT || machine.tired) {
      this.perhaps(body, target);
      return this.otherwise(statement);
    }
    const before = this.swallowed.jump;
    this.swallowed.jump = false;
    let ending = NEXT;
    let isWhole = true;
    for (const [i, item] of items.entries()) {
      assignTo(machine, target, item);
      ending = this.block(body);
      if (machine.tired) {
        this.perhaps(body, target);
        isWhole = false;
        break;
      }
      if (this.swallowed.jump) {
        // Which rounds ran to their end is not known, nor what the names hold behind them.
        for (const rest of items.slice(i + 1, i + 1 + FEW)) {
          for (const name of findAssigned(body)) machine.assign(name, UNKNOWN);
          assignTo(machine, target, rest);
          this.inDoubt(body);
        }
        for (const name of findAssigned(body)) machine.assign(name, UNKNOWN);
        isWhole = false;
        break;
      }
      if (ending.kind !== 'next' && ending.kind !== 'continue') break;
    }
    this.swallowed.jump = before;
    if (!isWhole) return this.otherwise(statement);
    if (ending.kind === 'break') return NEXT;
    if (ending.kind !== 'next' && ending.kind !== 'continue') return ending;
    return this.block(statement.otherwise);
  }

  private with(statement: Extract<Statement, { kind: 'with' }>): Ending {
    const { machine } = this;
    const handles: HandleValue[] = [];
    for (const item of statement.items) {
      const value = this.evaluate(item.value);
      if (value.kind === 'handle') handles.push(value);
      if (item.target) assignTo(machine, item.target, value);
    }
    const ending = this.block(statement.body);
    for (const handle of handles) {
      closeFile(machine, handle);
      this.open = this.open.filter((one) => one !== handle);
    }
    return ending;
  }

  private try(statement: Extract<Statement, { kind: 'try' }>): Ending {
    const { machine } = this;
    // An error that is caught hides that the rest of the block did not run.
    const quiet = statement.handlers.length > 0;
    const before = this.snapshot();
    const ending = quiet ? machine.doubting(1, () => this.block(statement.body)) : this.block(statement.body);
    const after = this.snapshot();
    if (!quiet) {
      if (ending.kind === 'next') this.block(statement.otherwise);
      const last = this.block(statement.last);
      return last.kind === 'next' ? ending : last;
    }
    // An error in the block is caught: it goes on in a handler.
    let all: Ending = ending.kind === 'fail' ? NEXT : ending;
    if (ending.kind === 'next') all = this.block(statement.otherwise);
    for (const handler of statement.handlers) {
      this.restore(after);
      all = this.joinEndings(all, this.inDoubt(handler));
    }
    this.restore(ending.kind === 'fail' ? before : after);
    for (const name of statement.handlers.flatMap((handler) => [...findAssigned(handler)]))
      machine.assign(name, UNKNOWN);
    const last = this.block(statement.last);
    return last.kind === 'next' ? all : last;
  }

  private defineClass(statement: Extract<Statement, { kind: 'class' }>): void {
    const methods = new Map<string, FunctionText>();
    for (const inner of statement.body) {
      if (inner.kind !== 'define') continue;
      methods.set(inner.define.name, inner.define);
      this.defined.push(inner.define);
    }
    this.machine.assign(statement.name, { kind: 'class', name: statement.name, methods });
  }

  call(callee: FunctionValue, call: CallArguments): Value {
    const { machine } = this;
    const { define, self } = callee;
    machine.called.add(define);
    if (machine.frames.length > CALL_DEPTH || ++machine.calls > CALL_LIMIT) return UNKNOWN;
    const frame = new Map<string, Value>();
    const given: readonly Value[] = self ? [self, ...call.args] : call.args;
    define.parameters.forEach((parameter, i) => {
      if (parameter.rest) frame.set(parameter.name, listOf(given.slice(i)));
      else {
        const value = given[i] ?? call.named.get(parameter.name);
        frame.set(
          parameter.name,
          value ?? (parameter.fallback ? evaluate(machine, parameter.fallback) : UNKNOWN),
        );
      }
    });
    if (self && define.name === 'constructor') frame.set('this', self);
    machine.frames.push(frame);
    const before = { doubt: machine.doubt, return: this.swallowed.return };
    this.swallowed.return = false;
    const ending = this.block(define.body);
    const early = this.swallowed.return;
    this.swallowed.return = before.return;
    machine.doubt = before.doubt;
    machine.frames.pop();
    if (ending.kind === 'fail' || ending.kind === 'exit') this.unwound ??= ending;
    if (early) return UNKNOWN;
    return ending.kind === 'return' ? ending.value : ending.kind === 'next' ? NONE : UNKNOWN;
  }

  /** Functions that nothing here calls may be called by what nobody can read. */
  readUncalled(doubt: Doubt = 2): void {
    const { machine } = this;
    for (const define of this.defined) {
      if (machine.called.has(define) || machine.exhausted) continue;
      machine.branching++;
      machine.doubting(doubt, () =>
        this.call({ kind: 'function', define, self: undefined }, { args: [], named: new Map() }),
      );
      machine.branching--;
      this.unwound = undefined;
      this.closeAll();
    }
  }

  private remove(target: Expression): void {
    const { machine } = this;
    if (target.kind === 'list') for (const item of target.items) this.remove(item);
    else if (target.kind === 'index' || target.kind === 'slice') {
      const of = evaluate(machine, target.of);
      if (of.kind === 'map') of.entries = undefined;
      if (of.kind !== 'list') return;
      if (target.kind === 'slice') {
        assignTo(machine, target, listOf([]));
        return;
      }
      const at = evaluate(machine, target.at);
      const { items } = of;
      const index = at.kind === 'number' && items ? (at.value < 0 ? items.length + at.value : at.value) : -1;
      if (!items || machine.branching > 0 || index < 0 || index >= items.length) of.items = undefined;
      else items.splice(index, 1);
    }
  }
}

/** `sys.exit(…)`, `exit()`, `process.exit(…)`. */
function isExit(expression: Expression): boolean {
  if (expression.kind !== 'call') return false;
  const { callee } = expression;
  if (callee.kind === 'name')
    return callee.name === 'exit' || callee.name === 'quit' || callee.name === 'die';
  return (
    callee.kind === 'member' &&
    /^_?exit$/.test(callee.name) &&
    callee.of.kind === 'name' &&
    /^(?:sys|os|process)$/.test(callee.of.name)
  );
}

/** `raise SystemExit` without a status that tells of a failure. */
function isQuietExit(value: Expression): boolean {
  const callee = value.kind === 'call' ? value.callee : value;
  const [code] = value.kind === 'call' ? value.args : [];
  const isZero = !code || (code.kind === 'number' && code.value === 0);
  return callee.kind === 'name' && callee.name === 'SystemExit' && isZero;
}

function exitKind(machine: Machine, expression: Expression): 'fail' | 'exit' {
  if (expression.kind !== 'call') return 'exit';
  const [code] = expression.args;
  const value = code && evaluate(machine, code);
  if (!value || (value.kind === 'number' && value.value === 0)) return 'exit';
  return value.kind === 'number' || value.kind === 'text' ? 'fail' : 'exit';
}

/** `if X in T: T = T.replace(X, …)`: where X is not in T, replacing it changes nothing. */
function sameWithout(machine: Machine, test: Expression, before: Value | undefined, after: Value): boolean {
  if (test.kind !== 'binary' || test.operator !== 'in') return false;
  if (before?.kind !== 'text' || after.kind !== 'text' || !before.edits || !after.edits) return false;
  const needle = evaluate(machine, test.left);
  if (needle.kind !== 'text' || needle.text === undefined || needle.from.length > 0) return false;
  if (before.edits.path !== after.edits.path || before.edits.version !== after.edits.version) return false;
  const had = before.edits.changes.length;
  const added = after.edits.changes.slice(had);
  if (!before.edits.changes.every((change, i) => change === after.edits?.changes[i])) return false;
  return (
    added.length === 1 &&
    added.every(
      (change) => change.kind === 'replace' && change.lenient === true && change.old === needle.text,
    )
  );
}
