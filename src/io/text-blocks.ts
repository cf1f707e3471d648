import { endsInHighSurrogate, escapeLoneSurrogates } from './escape-surrogates.ts';

/** Gathers small pieces of JSON text into large blocks, well-formed each, so that a write costs no step per piece. */
export class TextBlocks {
  private pieces: string[] = [];
  private length = 0;
  private readonly blockLength: number;

  /** @param blockLength in UTF-16 code units */
  constructor(blockLength: number) {
    this.blockLength = blockLength;
  }

  /** A block when enough has come together. */
  add(piece: string): string | undefined {
    this.pieces.push(piece);
    this.length += piece.length;
    return this.length < this.blockLength ? undefined : this.take(false);
  }

  /** What is left; call at the end. */
  finish(): string {
    return this.take(true);
  }

  private take(isLast: boolean): string {
    const text = this.pieces.join('');
    // A pair of surrogates may be cut by a piece's end: its first half waits for the next piece.
    const holdsBack = !isLast && endsInHighSurrogate(text);
    this.pieces = holdsBack ? [text.slice(-1)] : [];
    this.length = holdsBack ? 1 : 0;
    return escapeLoneSurrogates(holdsBack ? text.slice(0, -1) : text);
  }
}
