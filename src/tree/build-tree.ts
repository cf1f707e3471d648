import type { StepId } from '../model/ids.ts';
import type { Run } from '../model/run.ts';
import type { StateHistory, StepRecord } from '../model/state.ts';
import type { Step } from '../model/step.ts';
import type { StateNode, TraceTree } from '../model/tree.ts';
import { threadOf } from '../state/directory.ts';
import { changesState, replacesFiles } from './changes-state.ts';
import type { StageModel } from './stage-model.ts';
import { segmentStages } from './stages.ts';

interface GrowingNode {
  readonly index: number;
  parent: number | undefined;
  depth: number;
  readonly madeBy: StepId | undefined;
  readonly alsoBy: StepId[];
  readonly explore: StepId[];
  returnsTo: number | undefined;
  readonly agent: string | undefined;
  /** Known state of the files in this node. */
  print: number;
  /** Whether that differs from the node before: a throw-away script or an install leaves it as it is. */
  moved: boolean;
  /** The node that was current when this one was made. */
  readonly before: number;
  /** The node that had the same known state before this one. */
  same: number | undefined;
}

/** The parallel steps of one turn: they all ran in the same state, and what they change is one new node. */
interface Group {
  readonly turn: number;
  readonly ranIn: number;
  made: number | undefined;
}

/**
 * The trace tree: a step that changes the state makes a child node of the current one, a step that does not hangs on
 * the node that it ran in. Where a step brings the files back to the state of an earlier node, the tree branches there.
 * Stages come from `stageModel`, the fitted one unless told.
 */
export function buildTree(run: Run, history: StateHistory, stageModel?: StageModel): TraceTree {
  const grower = new TreeGrower(agentNames(run));
  for (const record of history.records) {
    const print = history.fingerprint(record.position);
    grower.add(record, print, print !== history.fingerprint(record.position - 1));
  }
  return {
    nodes: grower.finish(),
    nodeOf: grower.nodeOf,
    stages: segmentStages(run, history.records, stageModel),
  };
}

class TreeGrower {
  readonly nodeOf: number[] = [];
  private readonly nodes: GrowingNode[] = [];
  private readonly agents: ReadonlyMap<string, string>;
  /** Latest node of each known state since the files were last replaced by ones that nobody names. */
  private readonly byPrint = new Map<number, number>();
  private readonly groups = new Map<string, Group>();
  private current = 0;

  constructor(agents: ReadonlyMap<string, string>) {
    this.agents = agents;
    this.nodes.push({
      index: 0,
      parent: undefined,
      depth: 0,
      madeBy: undefined,
      alsoBy: [],
      explore: [],
      returnsTo: undefined,
      agent: undefined,
      print: 0,
      moved: false,
      before: 0,
      same: undefined,
    });
    this.byPrint.set(0, 0);
  }

  add(record: StepRecord, print: number, moved: boolean): void {
    const { step } = record;
    const thread = threadOf(step.id);
    const group = this.groupOf(step, thread);
    const ranIn = group?.ranIn ?? this.current;
    this.nodeOf.push(ranIn);
    if (!changesState(record)) {
      this.nodes[ranIn]?.explore.push(step.id);
      return;
    }
    if (replacesFiles(record)) this.byPrint.clear();
    const shared = group?.made === undefined ? undefined : this.nodes[group.made];
    if (shared && group?.made === this.current) {
      shared.alsoBy.push(step.id);
      if (!moved) return;
      this.unsettle(shared);
      const differs = print !== this.nodes[shared.before]?.print;
      this.place(shared, differs ? print : undefined);
      this.settle(shared, print, differs);
      return;
    }
    const node: GrowingNode = {
      index: this.nodes.length,
      parent: this.current,
      depth: 0,
      madeBy: step.id,
      alsoBy: [],
      explore: [],
      returnsTo: undefined,
      agent: this.agents.get(thread),
      print,
      moved,
      before: this.current,
      same: undefined,
    };
    this.place(node, moved ? print : undefined);
    this.nodes.push(node);
    this.current = node.index;
    if (group) group.made = node.index;
    this.settle(node, print, moved);
  }

  /**
   * Hangs a node on the one whose known state it brings back, else on the one before it. That the state of the one
   * before holds again (something changed it unseen in between) is no way back.
   */
  private place(node: GrowingNode, print: number | undefined): void {
    const back = print === undefined ? undefined : this.byPrint.get(print);
    node.returnsTo = back === node.before ? undefined : back;
    node.parent = back ?? node.before;
    node.depth = (this.nodes[node.parent]?.depth ?? 0) + 1;
  }

  /** A node is abandoned when it changed the known state and no longer lies on the way to where the run ended. */
  finish(): StateNode[] {
    const alive = new Set<number>();
    for (let at: number | undefined = this.current; at !== undefined; at = this.nodes[at]?.parent)
      alive.add(at);
    return this.nodes.map(({ index, parent, depth, madeBy, alsoBy, explore, returnsTo, agent, moved }) => ({
      index,
      parent,
      depth,
      madeBy,
      alsoBy,
      explore,
      ...(returnsTo !== undefined && { returnsTo }),
      abandoned: moved && !alive.has(index),
      ...(agent !== undefined && { agent }),
    }));
  }

  private settle(node: GrowingNode, print: number, moved: boolean): void {
    node.print = print;
    node.moved = moved;
    node.same = this.byPrint.get(print);
    this.byPrint.set(print, node.index);
  }

  /** Takes back what was noted of a state that a parallel step has changed since: nobody could have returned to it. */
  private unsettle(node: GrowingNode): void {
    if (this.byPrint.get(node.print) !== node.index) return;
    if (node.same === undefined) this.byPrint.delete(node.print);
    else this.byPrint.set(node.print, node.same);
  }

  private groupOf(step: Step, thread: string): Group | undefined {
    if (step.parallelGroup === undefined) return undefined;
    const known = this.groups.get(thread);
    if (known?.turn === step.parallelGroup) return known;
    const made: Group = { turn: step.parallelGroup, ranIn: this.current, made: undefined };
    this.groups.set(thread, made);
    return made;
  }
}

/** Names of sub-agents by the step that started them; orphans share one thread. */
function agentNames(run: Run): Map<string, string> {
  const names = new Map<string, string>();
  for (const branch of run.branches) {
    const thread = branch.parent ?? 'orphan';
    if (!names.has(thread)) names.set(thread, branch.name ?? 'sub-agent');
  }
  return names;
}
