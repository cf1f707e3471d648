/** Commands of the interfaces that SWE-agent gives its agents; everything else goes to the shell. */
const TOOLS = new Set([
  'connect_exec',
  'connect_sendline',
  'connect_start',
  'connect_stop',
  'create',
  'debug_add_breakpoint',
  'debug_continue',
  'debug_exec',
  'debug_start',
  'debug_step',
  'debug_stop',
  'decompile',
  'disassemble',
  'edit',
  'exit_cost',
  'exit_forfeit',
  'filemap',
  'find_file',
  'goto',
  'insert',
  'open',
  'open_site',
  'scroll_down',
  'scroll_up',
  'search_dir',
  'search_file',
  'set_cursors',
  'str_replace_editor',
  'submit',
  'undo_edit',
  'view_image',
]);

/** The name of the tool that an action's text calls. */
export function toolOfAction(action: string): string {
  const word = /^\s*([A-Za-z_]\w*)(?=\s|$)/.exec(action)?.[1];
  return word !== undefined && TOOLS.has(word) ? word : 'bash';
}
