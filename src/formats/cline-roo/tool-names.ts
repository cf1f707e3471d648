/**
 * Tools of Cline and Roo Code: in answers of the XML style only these names open a call. Names that the next message
 * answers are added to them, so that newer and custom tools are found too.
 */
export const TOOL_NAMES: ReadonlySet<string> = new Set(
  (
    'execute_command read_command_output read_file write_to_file new_file replace_in_file apply_diff apply_patch ' +
    'search_and_replace search_replace edit_file edit insert_content insert_code_block search_files list_files ' +
    'list_code_definition_names codebase_search inspect_site browser_action use_mcp_tool access_mcp_resource ' +
    'load_mcp_documentation ask_followup_question plan_mode_respond plan_mode_response act_mode_respond ' +
    'attempt_completion switch_mode new_task use_subagents condense summarize_task report_bug new_rule ' +
    'fetch_instructions update_todo_list focus_chain web_fetch web_search generate_image generate_explanation ' +
    'run_slash_command use_skill skill'
  ).split(' '),
);

/** The tool that ends a task: what it says is the run's final message. */
export const COMPLETION = 'attempt_completion';
/** The tool that runs a shell command. */
export const SHELL = 'execute_command';
