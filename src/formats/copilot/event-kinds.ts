/** Events that change nothing of the conversation: settings, progress, the screen, telemetry. */
const SILENT =
  /^(?:assistant\.(?:turn_start|turn_end|intent|idle|usage|message_start|message_delta|reasoning_delta|streaming_delta|tool_call_delta|server_tool_progress|fusion_.*)|tool\.(?:user_requested|execution_partial_result|execution_progress)|tool_search\..*|subagent\.(?:configured|completed|selected|deselected)|hook\..*|permission\..*|user_input\..*|elicitation\..*|sampling\..*|external_tool\..*|command\..*|commands\..*|mcp.*\..*|capabilities\..*|exit_plan_mode\..*|auto_mode_switch\..*|canvas\..*|binary\..*|model\.call_.*|factory_run\..*|pending_messages\..*|session\.(?:resume|idle|title_changed|schedule_.*|mode_.*|auto_mode_.*|usage_.*|context_changed|context_cleared|compaction_start|permissions_changed|plan_changed|todos_changed|workspace_file_changed|handoff|remote_.*|session_limits_.*|fusion_.*|tools_updated|background_tasks_changed|skills_loaded|custom_agents_updated|extensions_.*|managed_settings_.*|autopilot_.*))$/;

export function isSilent(type: string): boolean {
  return type.length < 100 && SILENT.test(type);
}
