/** Why a file of a run's changes and of its patch are not the same: the whole list. */
export const PATCH_REASONS = {
  'content-unknown': 'a step changed the file in a way that its action does not tell',
  'unread-program': 'a program that nobody can read ran and may have changed the file',
  'not-in-record': 'the patch changes the file, and no step of the record touches it',
  'not-selected': 'the command that made the patch names other paths',
  'new-file-left-out': 'the file is new, and the command that made the patch shows no new files',
  'patch-file': 'the file holds the patch itself',
  generated: 'the file is made by tools (caches, builds), which repositories usually ignore',
  binary: 'the patch shows no lines of the file',
  'truncated-patch': 'the text of the patch ends within a change or is damaged',
  'white-space': 'only white space at the ends of lines is different',
  'not-in-patch': 'the steps changed the file, and the patch does not show it',
  'does-not-fit': 'a recorded change does not fit what the patch says the file held',
  different: 'the changes of the file are others',
} as const;

export type PatchReason = keyof typeof PATCH_REASONS;

/** Reasons that explain nothing: the reconstruction is wrong, or the record is. */
export const UNEXPLAINED: ReadonlySet<PatchReason> = new Set(['not-in-patch', 'does-not-fit', 'different']);

/** Reasons that lie in how the patch was made, not in what the record tells. */
export const SELECTION: ReadonlySet<PatchReason> = new Set([
  'not-selected',
  'new-file-left-out',
  'patch-file',
  'generated',
]);
