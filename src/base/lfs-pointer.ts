const SIGNATURE = 'version https://git-lfs.github.com/spec/v1';

/** Whether a file's first text is a Git-LFS pointer: its content was left on a server. */
export function isLfsPointer(head: string): boolean {
  return head.startsWith(SIGNATURE);
}
