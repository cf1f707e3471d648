import { asArray, asObject, asString, isObject, type JsonObject } from '../../base/json.ts';
import { agentTool } from './agent-commands.ts';
import { aiderCommandTool, aiderEditTool } from './aider-tools.ts';
import { commandArg, pathArg, textArg } from './arguments.ts';
import {
  applyDiffTool,
  mcpResourceTool,
  readFilesTool,
  searchAndReplaceTool,
  unwrapMcpCall,
} from './cline-tools.ts';
import { execTool, programTool, stdinTool } from './codex-tools.ts';
import { editorTool, insertTool, notebookTool, readTool, replaceTool, writeTool } from './editor-tools.ts';
import { readKeystrokes } from './keystrokes.ts';
import {
  browserTool,
  delegateTool,
  deleteTool,
  fetchTool,
  killTool,
  mkdirTool,
  moveTool,
  noteTool,
  patchTool,
  searchTool,
  submitTool,
  unknownTool,
  waitTool,
} from './other-tools.ts';
import { readSourceTool, repairTool, runTestsTool, searchSourcesTool, writeFixTool } from './repair-tools.ts';
import { pythonTool, shellTool } from './shell-tools.ts';
import {
  type LiveTerminal,
  type ToolAnalysis,
  type ToolCall,
  type ToolReader,
  toolResult,
} from './tool-call.ts';

const keystrokesTool: ToolReader = (call) =>
  readKeystrokes(call, textArg(call.args, 'keystrokes', 'keys', 'text', 'command', 'input') ?? call.action);

/** OpenHands' `edit`: a command of the editor, else whole content for a range of lines. */
const editEvent: ToolReader = (call) => {
  const command = textArg(call.args, 'command');
  if (command !== undefined && command !== '') return editorTool(call);
  if (
    textArg(call.args, 'content') !== undefined &&
    textArg(call.args, 'old_string', 'oldString') === undefined
  ) {
    const path = pathArg(call.args);
    if (path === undefined) return undefined;
    // An edit by a model: the content is a draft, what was written stands only in the answer.
    return toolResult(call, [{ kind: 'write', path, change: { kind: 'unknown' }, certainty: 'certain' }]);
  }
  return replaceTool(call);
};

/** `create` with its content is a file; SWE-agent's makes an empty one. */
const createTool: ToolReader = (call) =>
  textArg(call.args, 'content', 'file_text') !== undefined ? writeTool(call) : agentTool(call);

const insertAny: ToolReader = (call) =>
  pathArg(call.args) !== undefined ? insertTool(call) : agentTool(call);

/** Lines of SWE-agent's window may come with the file that is open in it. */
const editAny: ToolReader = (call) =>
  pathArg(call.args) === undefined || textArg(call.args, 'replacement_text') !== undefined
    ? agentTool(call)
    : editEvent(call);

/** Kimi's first sub-agent gathers context by its own reading; a path makes it a plain read. */
const contextTool: ToolReader = (call) => readTool(call) ?? delegateTool(call);

/** OpenCode's asks a service on the network, with a budget of tokens; others search the project. */
const codeSearchTool: ToolReader = (call) =>
  call.args?.['tokensNum'] === undefined ? searchTool(call) : fetchTool(call);

/** OpenCode's `batch`: calls of other tools at once. */
const batchTool: ToolReader = (call) => {
  const calls = asArray(call.args?.['tool_calls']);
  if (!calls) return undefined;
  const analyses = calls.filter(isObject).flatMap((one) => {
    const tool = asString(one['tool']);
    // It takes no batch inside a batch.
    if (tool === undefined || tool === call.tool) return [];
    return [analyzeTool({ tool, args: asObject(one['parameters']), action: tool })];
  });
  return {
    effects: analyses.flatMap(({ effects }) => effects),
    programs: analyses.flatMap(({ programs }) => programs),
    understood: analyses.length === calls.length && analyses.every(({ understood }) => understood),
  };
};

/** Names in lower case, letters and digits only; several agents share a tool where it takes the same arguments. */
const TOOLS: readonly (readonly [ToolReader, string])[] = [
  [readFilesTool, 'readfile'],
  [applyDiffTool, 'applydiff applieddiff editedexistingfile'],
  [searchAndReplaceTool, 'searchandreplace'],
  [mcpResourceTool, 'accessmcpresource inspectsite'],
  [writeTool, 'newfilecreated newfile newrule'],
  [searchTool, 'listfilestoplevel listfilesrecursive'],
  [delegateTool, 'usesubagents'],
  [waitTool, 'readcommandoutput'],
  [
    noteTool,
    'planmoderespond planmoderesponse actmoderespond switchmode fetchinstructions condense summarizetask reportbug focuschain loadmcpdocumentation runslashcommand useskill generateexplanation',
  ],
  [aiderEditTool, 'editblock wholefile unifieddiff'],
  [aiderCommandTool, 'git test commit undo lint'],
  [readSourceTool, 'readrange extracttestcode extractmethodcode getclassesandmethods'],
  [searchSourcesTool, 'searchcodebase extractsimilarfunctionscalls'],
  [writeFixTool, 'writefix tryfixes'],
  [runTestsTool, 'runtests getinfo runfaultlocalization'],
  [noteTool, 'expresshypothesis discardhypothesis aigeneratesmethodcode missingcommand unknowncommand'],
  [submitTool, 'goalsaccomplished'],
  [repairTool, 'repair'],
  [noteTool, 'localizefiles localizerelated localizeedits'],
  [
    shellTool,
    'bash shell sh terminal executebash execbash run runcommand runterminalcmd runterminalcommand executecommand runshellcommand shellcommand localshell localshellcall containerexec execcommand powershell cmd command unifiedexec blob cmdrun cmdrunaction terminalaction executebashaction bashtool runinterminal runbash executeshell',
  ],
  [execTool, 'exec'],
  [programTool, 'jsrepl'],
  [stdinTool, 'writestdin writebash writepowershell'],
  [
    pythonTool,
    'executeipythoncell runipython ipython python pythonexec executepython ipythonruncellaction jupyter runpython runcode codeinterpreter',
  ],
  [keystrokesTool, 'bashcommand keystrokes sendkeys sendkeystrokes tmux terminalkeys'],
  [editorTool, 'strreplaceeditor fileeditor strreplacebasededittool fileeditoraction editortool texteditor'],
  [
    readTool,
    'read view viewfile cat openfile notebookread readnotebook fileread readmanyfiles viewimage readmediafile readtext showfile getinternaldocs',
  ],
  [contextTool, 'readcontext'],
  [codeSearchTool, 'codesearch'],
  [batchTool, 'batch'],
  [writeTool, 'write writefile createfile writetofile savefile filewrite createnewfile addfile writetext'],
  [
    replaceTool,
    'replace strreplace strreplacefile multiedit searchreplace replaceinfile editfile updatefile edittext multieditfile replacestringinfile',
  ],
  [editAny, 'edit'],
  [createTool, 'create'],
  [insertAny, 'insert insertcontent'],
  [notebookTool, 'notebookedit editnotebook'],
  [agentTool, 'open goto scrollup scrolldown searchfile searchdir findfile setcursors filemap undoedit'],
  [
    searchTool,
    'glob grep ls find list listdir listdirectory listfiles searchfiles searchfilecontent codebasesearch grepsearch filesearch findfiles listcodedefinitionnames ripgrep toolsearch semanticsearch lsp lspdiagnostics lsphover grepfiles readlints rg',
  ],
  [
    fetchTool,
    'webfetch websearch fetch googlewebsearch fetchurl search browse searchweb websearchcall tavilysearch webbrowsergo fetchcopilotclidocumentation imagegeneration',
  ],
  [browserTool, 'browser browseinteractive browseraction computer webbrowserclick webbrowsertype webbrowser'],
  [
    noteTool,
    'todowrite todoread think updateplan recall tasktracker tasktrackeraction message exitplanmode enterplanmode savememory memory askuserquestion askfollowupquestion askuser skill sequentialthinking taskcreate taskupdate tasklist taskget thinkaction createplan updatetodolist writetodos reporttaskprogress condensationrequest requestcondensation senduserinput changeagentstate system structuredoutput slashcommand settodolist setmode todolist senddmail croncreate cronlist crondelete creategoal getgoal setgoalbudget updategoal createsubagent question invalid planenter planexit updatetopic activateskill reportintent updatetodo sql storememory requestuserinput askquestion switchmode fetchrules updatememory creatediagram clihelp',
  ],
  [
    delegateTool,
    'task agent delegate spawnagent newtask subagent dispatchagent delegateaction launchagent runsubagent agentswarm delegatetoagent invokeagent invokesubagent codebaseinvestigator sendinput sendmessage followuptask writeagent spawnagentsoncsv',
  ],
  [
    waitTool,
    'bashoutput taskoutput wait readbashoutput commandstatus readterminal agentoutput monitor checkcommandstatus getterminaloutput waitagent readbash listbash readpowershell readagent listagents awaitshell',
  ],
  [killTool, 'killshell killbash taskstop killterminal killprocess stop stopbash stoppowershell closeagent'],
  [
    submitTool,
    'submit finish attemptcompletion marktaskcomplete taskcomplete complete finishaction completetask exit done donetask finalanswer',
  ],
  [patchTool, 'applypatch patch applydifftofile'],
  [moveTool, 'movefile move renamefile rename'],
  [deleteTool, 'deletefile delete removefile'],
  [mkdirTool, 'createdirectory mkdir createfolder makedirectory'],
];

const byKey = new Map<string, ToolReader>();
for (const [reader, names] of TOOLS) for (const name of names.split(' ')) byKey.set(name, reader);

export interface ToolInput {
  readonly tool: string;
  readonly args?: JsonObject | undefined;
  readonly action: string;
  readonly observation?: string | undefined;
  readonly script?: ((path: string) => string | undefined) | undefined;
  /** The terminal that keys go to, where it is followed across steps. */
  readonly terminal?: LiveTerminal | undefined;
}

/** What a tool call asks for: by the tool's name and arguments; shell texts by what they run. */
export function analyzeTool(outer: ToolInput): ToolAnalysis {
  // A call of a server's tool inside of a call that only carries it.
  const inner = outer.tool === 'use_mcp_tool' ? unwrapMcpCall(outer.args) : undefined;
  const input = inner ? { ...outer, ...inner } : outer;
  const plain = input.tool.replace(/^mcp__(?:[^_]|_(?!_))+__/, '').replace(/^.*[.:/](?=\w)/, '');
  const key = plain.toLowerCase().replace(/[^a-z0-9]/g, '');
  const call: ToolCall = {
    tool: input.tool,
    key,
    args: isObject(input.args) ? input.args : undefined,
    action: input.action,
    observation: input.observation,
    ...(input.script && { script: input.script }),
    ...(input.terminal && { terminal: input.terminal }),
  };
  const reader = byKey.get(key);
  // A listed name with a command is a shell under another tool's name: models mix them up, and harnesses run it.
  if (reader !== shellTool && reader !== editorTool && !isTextual(call, reader) && looksLikeShell(call)) {
    return shellTool(call) ?? unknown(call);
  }
  return reader?.(call) ?? (looksLikeShell(call) ? shellTool(call) : undefined) ?? unknown(call);
}

/** The argument `command` of these tools is no shell text. */
function isTextual(call: ToolCall, reader: ToolReader | undefined): boolean {
  return (
    reader === keystrokesTool ||
    reader === editAny ||
    reader === noteTool ||
    reader === browserTool ||
    reader === pythonTool ||
    pathArg(call.args) !== undefined
  );
}

function looksLikeShell(call: ToolCall): boolean {
  return call.args?.['command'] !== undefined && commandArg(call.args) !== undefined;
}

function unknown(call: ToolCall): ToolAnalysis {
  return unknownTool(call) ?? toolResult(call, [], false);
}

/** Whether a tool types keys into a live terminal. */
export function typesKeys(tool: string): boolean {
  return byKey.get(tool.toLowerCase().replace(/[^a-z0-9]/g, '')) === keystrokesTool;
}
