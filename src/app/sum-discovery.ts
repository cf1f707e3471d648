import { baseName } from '../base/path.ts';
import type { Tried } from '../formats/detect-format.ts';
import type { DiscoverDocument } from '../query/discovery-schemas.ts';
import type { DiscoveredItem } from './discover-runs.ts';

type FormatSum = DiscoverDocument['formats'][number];
type LeftSum = DiscoverDocument['left'][number];
type FailedSum = DiscoverDocument['failed'][number];

const EXAMPLES = 3;
/** Groups that are told apart; what comes later goes to one group of others. */
const GROUPS = 500;
/** Reasons that are told apart within a format. */
const REASONS = 20;
const OTHER_REASONS = 'other reasons';
/** From here on a format came near enough to be worth naming. */
const NEAR = 0.2;

/** Sums up what discovery met, in bounded memory. */
export class DiscoverySum {
  private readonly formats = new Map<string, FormatSum>();
  private readonly lefts = new Map<string, LeftSum>();
  private readonly fails = new Map<string, FailedSum>();

  add(item: DiscoveredItem): void {
    switch (item.kind) {
      case 'artifact':
        this.addArtifact(item.artifact);
        return;
      case 'left':
        this.addLeft(item.path, item.tried);
        return;
      case 'failed':
        this.addFailed(item);
        return;
      default: {
        const never: never = item;
        return never;
      }
    }
  }

  list(): Pick<DiscoverDocument, 'formats' | 'left' | 'failed'> {
    return {
      formats: [...this.formats.values()].sort((a, b) => b.artifacts - a.artifacts),
      left: [...this.lefts.values()].sort((a, b) => b.files - a.files),
      failed: [...this.fails.values()].sort((a, b) => b.entries - a.entries),
    };
  }

  private addArtifact({
    format,
    layout,
    bytes,
    score,
    reason,
    path,
  }: Extract<DiscoveredItem, { kind: 'artifact' }>['artifact']): void {
    const key = `${format}\u0000${layout ?? ''}`;
    const sum = this.formats.get(key) ?? {
      format,
      ...(layout !== undefined && { layout }),
      artifacts: 0,
      bytes: 0,
      lowestScore: score,
      highestScore: score,
      reasons: [],
    };
    this.formats.set(key, sum);
    sum.artifacts++;
    sum.bytes += bytes ?? 0;
    sum.lowestScore = Math.min(sum.lowestScore, score);
    sum.highestScore = Math.max(sum.highestScore, score);
    // Counts in a reason (`3 messages with …`) differ from file to file and say nothing about the group.
    const general = generalize(reason);
    const kept = sum.reasons.length < REASONS ? general : OTHER_REASONS;
    const known =
      sum.reasons.find((one) => one.reason === general) ?? sum.reasons.find((one) => one.reason === kept);
    if (known) known.artifacts++;
    else sum.reasons.push({ reason: kept, artifacts: 1, example: path });
  }

  private addLeft(path: string, tried: readonly Tried[]): void {
    const kind = extensionOf(path);
    const reason = whyLeft(tried);
    const key = `${kind}\u0000${reason}`;
    const isNew = !this.lefts.has(key) && this.lefts.size >= GROUPS;
    const sum = (isNew ? this.lefts.get('') : this.lefts.get(key)) ?? {
      kind: isNew ? '' : kind,
      reason: isNew ? OTHER_REASONS : reason,
      files: 0,
      examples: [],
    };
    this.lefts.set(isNew ? '' : key, sum);
    sum.files++;
    if (sum.examples.length < EXAMPLES) sum.examples.push(path);
  }

  private addFailed({ path, code, message }: Extract<DiscoveredItem, { kind: 'failed' }>): void {
    const reason = message.startsWith(`${path}: `) ? message.slice(path.length + 2) : message;
    const key = this.fails.size < GROUPS ? `${code}\u0000${reason}` : code;
    const sum = this.fails.get(key) ?? { code, reason, entries: 0, examples: [] };
    this.fails.set(key, sum);
    sum.entries++;
    if (sum.examples.length < EXAMPLES) sum.examples.push(path);
  }
}

function whyLeft(tried: readonly Tried[]): string {
  const [best] = tried;
  if (!best || best.score < NEAR) return 'no format knows it';
  return `nearest is ${best.format}: ${generalize(best.reason)}`;
}

function generalize(reason: string): string {
  return reason.replace(/\b\d+\b/g, 'N');
}

function extensionOf(path: string): string {
  return /\.[A-Za-z0-9_-]{1,12}$/.exec(baseName(path))?.[0].toLowerCase() ?? '';
}
