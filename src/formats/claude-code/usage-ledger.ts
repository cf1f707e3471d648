import { RecentMap } from '../../base/recent-map.ts';
import { addUsage, type Usage } from '../../model/usage.ts';
import { readUsage } from '../shared/read-usage.ts';

/** Messages whose usage a later record may still correct. */
const REMEMBERED = 50_000;

/** Usage per API message. Every record of a message repeats it, and the last one is the complete one. */
export class UsageLedger {
  private loose: Usage | undefined;
  private readonly byMessage = new RecentMap<string, Usage>(REMEMBERED, (usage) => {
    this.loose = addUsage(this.loose, usage);
  });

  /** Notes what a record says; answers the usage, or undefined when it says nothing. */
  note(messageId: string | undefined, raw: unknown): Usage | undefined {
    const usage = meaningful(readUsage(raw));
    if (!usage) return undefined;
    if (messageId === undefined) this.loose = addUsage(this.loose, usage);
    else this.byMessage.set(messageId, usage);
    return usage;
  }

  total(): Usage | undefined {
    let sum = this.loose;
    for (const usage of this.byMessage.values()) sum = addUsage(sum, usage);
    return sum;
  }
}

/** All zeros is what stands there before the service has reported anything, or when a proxy reports nothing. */
export function meaningful(usage: Usage | undefined): Usage | undefined {
  if (!usage) return undefined;
  return Object.values(usage).some((value) => value !== 0) ? usage : undefined;
}
