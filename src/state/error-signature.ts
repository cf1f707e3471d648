/**
 * What repeats of the same error share: numbers, addresses, temporary paths, times and quoted long texts are folded.
 */
export function errorSignature(line: string): string {
  return line
    .slice(0, 300)
    .replace(/^E\s+/, '')
    .replace(/\/(?:private\/)?(?:tmp|var\/folders)\/[\w./-]+/g, '<tmp>')
    .replace(/\b0x[0-9a-fA-F]+\b/g, '<hex>')
    .replace(/\b[0-9a-f]{12,64}\b/g, '<hex>')
    .replace(/\d+(?:\.\d+)?/g, '<n>')
    .replace(/\s+/g, ' ')
    .trim();
}
