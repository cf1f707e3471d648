/** What git says of one file. */
export interface FileFlags {
  readonly dirty: boolean;
  readonly staged: boolean;
  readonly untracked: boolean;
}
