import { hashText } from '../../base/hash.ts';

interface Heard {
  kept: number;
  readonly perChannel: Map<string, number>;
}

/**
 * Rollouts say many texts twice or three times: as an item of the model's answer, as an event for the screen, as a
 * finished item of the turn. Within one channel a text that comes again was said again; in another channel it is the
 * same one. So a text is kept as often as the channel says it that says it most.
 */
export class SaidOnce {
  private readonly heard = new Map<number, Heard>();

  /** Whether this text is to be kept, now that `channel` says it in the name of `who`. */
  isNew(channel: string, who: string, text: string): boolean {
    const entry = this.entryOf(who, text);
    const count = (entry.perChannel.get(channel) ?? 0) + 1;
    entry.perChannel.set(channel, count);
    if (count <= entry.kept) return false;
    entry.kept = count;
    return true;
  }

  /** Whether this text was never kept before; it is from now on. For copies that say nothing of how often. */
  isUnheard(who: string, text: string): boolean {
    const entry = this.entryOf(who, text);
    if (entry.kept > 0) return false;
    entry.kept = 1;
    return true;
  }

  private entryOf(who: string, text: string): Heard {
    const key = hashText(`${who}\u0000${text.trim()}`);
    const known = this.heard.get(key);
    if (known) return known;
    const made = { kept: 0, perChannel: new Map<string, number>() };
    this.heard.set(key, made);
    return made;
  }
}
