/** What was said in a turn, and since the last call: exporters repeat a thought on the steps of one message. */
export class TurnTexts {
  private readonly turn = new Set<string>();
  private readonly open = new Set<string>();

  beginTurn(): void {
    this.turn.clear();
  }

  called(): void {
    this.open.clear();
  }

  /** Whether a text is new; it counts as said from now on. */
  take(text: string): boolean {
    if (this.turn.has(text) || this.open.has(text)) return false;
    this.turn.add(text);
    this.open.add(text);
    return true;
  }
}
