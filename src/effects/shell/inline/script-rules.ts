import { ARG, type Language, type ScanRule } from './scan-program.ts';
import { JAVASCRIPT, PERL, PHP, PLAIN, R, RUBY } from './script/lexis.ts';

const rule = (
  pattern: string,
  finding: ScanRule['finding'],
  certainty?: ScanRule['certainty'],
): ScanRule => ({
  pattern: new RegExp(pattern, 'g'),
  finding,
  ...(certainty && { certainty }),
});

const TEXT = String.raw`('[^'\n]{0,400}'|"[^"\n]{0,400}"|${'`'}[^${'`'}\n]{0,400}${'`'})`;

/** JavaScript under Node, Deno or Bun. */
const NODE_RULES: readonly ScanRule[] = [
  rule(
    String.raw`\b(?:writeFileSync|writeTextFileSync|outputFileSync)\(\s{0,8}${ARG}`,
    { kind: 'path', role: 'write', takesContent: true },
    'certain',
  ),
  rule(String.raw`\b(?:writeFile|writeTextFile)\(\s{0,8}${ARG}`, {
    kind: 'path',
    role: 'write',
    takesContent: true,
  }),
  rule(
    String.raw`\b(?:createWriteStream|writeJsonSync|outputJsonSync)\(\s{0,8}${ARG}`,
    { kind: 'path', role: 'write' },
    'certain',
  ),
  rule(String.raw`\bBun\.write\(\s{0,4}${ARG}`, { kind: 'path', role: 'write' }, 'certain'),
  rule(
    String.raw`\bappendFileSync\(\s{0,8}${ARG}`,
    { kind: 'path', role: 'append', takesContent: true },
    'certain',
  ),
  rule(String.raw`\bappendFile\(\s{0,8}${ARG}`, { kind: 'path', role: 'append', takesContent: true }),
  rule(
    String.raw`\b(?:readFileSync|readFile|createReadStream|readJsonSync)\(\s{0,8}${ARG}`,
    { kind: 'path', role: 'read' },
    'certain',
  ),
  rule(
    String.raw`\b(?:unlinkSync|unlink|rmSync|rmdirSync|removeSync)\(\s{0,8}${ARG}`,
    { kind: 'path', role: 'delete', recursive: true },
    'certain',
  ),
  rule(
    String.raw`\b(?:fs|fsp|fsPromises)(?:\.promises)?\.(?:rm|rmdir)\(\s{0,8}${ARG}`,
    { kind: 'path', role: 'delete', recursive: true },
    'certain',
  ),
  rule(
    String.raw`\b(?:mkdirSync|ensureDirSync|mkdtempSync|(?:fs|fsp|fsPromises|promises)\.mkdir)\(\s{0,8}${ARG}`,
    { kind: 'path', role: 'mkdir' },
    'certain',
  ),
  rule(
    String.raw`\b(?:renameSync|moveSync|(?:fs|fsp|fsPromises|promises)\.rename)\(\s{0,8}${ARG}\s{0,4},\s{0,8}${ARG}`,
    { kind: 'move' },
    'certain',
  ),
  rule(
    String.raw`\b(?:copyFileSync|cpSync|copySync|copyFile)\(\s{0,8}${ARG}\s{0,4},\s{0,8}${ARG}`,
    { kind: 'copy' },
    'certain',
  ),
  rule(String.raw`\bchmodSync\(\s{0,8}${ARG}`, { kind: 'path', role: 'mode' }, 'certain'),
  // `exec` is a method of patterns too.
  rule(
    String.raw`(?:\bexecSync|(?<![\w.$])exec|\b(?:cp|child_process|childProcess)\.exec|\)\.exec|\bexeca|\$)\(\s{0,8}${TEXT}`,
    { kind: 'shell' },
  ),
  rule(
    String.raw`\b(?:spawn|spawnSync|execFile|execFileSync)\(\s{0,8}${TEXT}(?:\s{0,4},\s{0,8}(\[[^\[\]]{0,600}\]))?`,
    { kind: 'spawn' },
  ),
  rule(String.raw`\b(?:fetch|axios\.get|https?\.(?:get|request))\(\s{0,8}${ARG}`, { kind: 'fetch' }),
  rule(String.raw`\baxios\.(?:post|put|patch|delete)\(\s{0,8}${ARG}`, { kind: 'send' }),
  rule(String.raw`\bmethod\s{0,2}:\s{0,2}['"](?:POST|PUT|PATCH|DELETE)['"]`, { kind: 'send' }),
  rule(String.raw`\.listen\(\s{0,4}(?:\d|port|PORT|process)`, { kind: 'serve' }),
  rule(String.raw`\bprocess\.kill\(\s{0,4}([^,)\n]{1,60})`, { kind: 'kill' }),
];

const PERL_OPEN = String.raw`\bopen\s{0,2}\(?\s{0,2}(?:my\s)?\s{0,2}\$?\w{1,40}\s{0,2},\s{0,2}`;
const WORDS = String.raw`((?:'[^'\n]{0,400}'|"[^"\n]{0,400}")(?:\s{0,2},\s{0,2}(?:'[^'\n]{0,400}'|"[^"\n]{0,400}")){0,20})`;

/** Perl. */
const PERL_RULES: readonly ScanRule[] = [
  rule(
    String.raw`${PERL_OPEN}['"]\s{0,2}\+?>(?!>)[^'"\n]{0,40}['"]\s{0,2},\s{0,2}${ARG}`,
    { kind: 'path', role: 'write' },
    'certain',
  ),
  rule(
    String.raw`${PERL_OPEN}['"]\s{0,2}>>[^'"\n]{0,40}['"]\s{0,2},\s{0,2}${ARG}`,
    { kind: 'path', role: 'append' },
    'certain',
  ),
  rule(
    String.raw`${PERL_OPEN}['"]\s{0,2}<[^'"\n]{0,40}['"]\s{0,2},\s{0,2}${ARG}`,
    { kind: 'path', role: 'read' },
    'certain',
  ),
  rule(
    String.raw`${PERL_OPEN}["']\s{0,2}>>?\s{0,2}([^"'$>\n]{1,200})["']\s{0,2}[);o|]`,
    { kind: 'path', role: 'write', isBare: true },
    'certain',
  ),
  rule(String.raw`${PERL_OPEN}("\s{0,2}>{1,2}[^"\n]{0,40}\$[^"\n]{1,200}")`, { kind: 'outputs' }, 'certain'),
  rule(String.raw`\bunlink\s{0,2}\(?\s{0,2}${ARG}`, { kind: 'path', role: 'delete' }),
  rule(String.raw`\b(?:mkdir|make_path)\s{0,2}\(?\s{0,2}(['"][^'"\n]{1,200}['"])`, {
    kind: 'path',
    role: 'mkdir',
  }),
  rule(String.raw`\brename\s{0,2}\(?\s{0,2}${ARG}\s{0,4},\s{0,4}${ARG}`, { kind: 'move' }),
  rule(String.raw`\b(?:system|exec)\s{0,2}\(?\s{0,2}${WORDS}`, { kind: 'shell' }),
  rule(String.raw`\bkill\s{0,2}\(?\s{0,2}['"]?(?:TERM|KILL|HUP|INT|\d)`, { kind: 'kill' }),
];

/** Ruby. */
const RUBY_RULES: readonly ScanRule[] = [
  rule(
    String.raw`\b(?:File|IO|Pathname)\.(?:write|binwrite)\(?\s{0,2}${ARG}`,
    { kind: 'path', role: 'write', takesContent: true },
    'certain',
  ),
  rule(
    String.raw`\bFile\.(?:open|new)\(?\s{0,2}${ARG}\s{0,4},\s{0,4}['"]([rwab+]{1,4})['"]`,
    { kind: 'open' },
    'certain',
  ),
  rule(
    String.raw`\bFile\.(?:read|readlines|foreach)\(?\s{0,2}${ARG}`,
    { kind: 'path', role: 'read' },
    'certain',
  ),
  rule(String.raw`\bFile\.(?:delete|unlink)\(?\s{0,2}${ARG}`, { kind: 'path', role: 'delete' }),
  rule(String.raw`\bFileUtils\.(?:rm|rm_rf|rm_r|rmtree)\(?\s{0,2}${ARG}`, {
    kind: 'path',
    role: 'delete',
    recursive: true,
  }),
  rule(String.raw`\b(?:FileUtils\.mkdir_p|FileUtils\.mkdir|Dir\.mkdir)\(?\s{0,2}${ARG}`, {
    kind: 'path',
    role: 'mkdir',
  }),
  rule(String.raw`\b(?:FileUtils\.mv|File\.rename)\(?\s{0,2}${ARG}\s{0,4},\s{0,4}${ARG}`, { kind: 'move' }),
  rule(String.raw`\bFileUtils\.(?:cp|cp_r|copy)\(?\s{0,2}${ARG}\s{0,4},\s{0,4}${ARG}`, { kind: 'copy' }),
  rule(String.raw`\b(?:system|exec|spawn)\(?\s{0,2}${WORDS}`, { kind: 'shell' }),
  rule(String.raw`\bFileUtils\.touch\(?\s{0,2}${ARG}`, { kind: 'path', role: 'touch' }),
  rule(String.raw`\b(?:URI\.open|Net::HTTP\.get\w{0,12})\(?\s{0,2}${ARG}`, { kind: 'fetch' }),
];

/** PHP. */
const PHP_RULES: readonly ScanRule[] = [
  rule(
    String.raw`\bfile_put_contents\(\s{0,4}${ARG}`,
    { kind: 'path', role: 'write', takesContent: true },
    'certain',
  ),
  rule(
    String.raw`\bfopen\(\s{0,4}${ARG}\s{0,4},\s{0,4}['"]([rwaxcb+]{1,4})['"]`,
    { kind: 'open' },
    'certain',
  ),
  rule(String.raw`\bunlink\(\s{0,4}${ARG}`, { kind: 'path', role: 'delete' }),
  rule(String.raw`\bmkdir\(\s{0,4}${ARG}`, { kind: 'path', role: 'mkdir' }),
  rule(String.raw`\brename\(\s{0,4}${ARG}\s{0,4},\s{0,4}${ARG}`, { kind: 'move' }),
  rule(String.raw`\b(?:shell_exec|exec|system|passthru)\(\s{0,4}${TEXT}`, { kind: 'shell' }),
];

/** R. */
const R_RULES: readonly ScanRule[] = [
  rule(
    String.raw`\b(?:write\.\w{1,10}|writeLines|saveRDS|write_csv|write_tsv|fwrite|dump)\([^,()\n]{1,120},\s{0,4}(?:file\s{0,2}=\s{0,2}|con\s{0,2}=\s{0,2})?${ARG}`,
    { kind: 'path', role: 'write' },
  ),
  rule(
    String.raw`\b(?:ggsave|png|pdf|jpeg|svg|sink|file\.create)\(\s{0,4}(?:filename\s{0,2}=\s{0,2}|file\s{0,2}=\s{0,2})?${ARG}`,
    { kind: 'path', role: 'write' },
  ),
  rule(String.raw`\bcat\([^()\n]{1,200},\s{0,4}file\s{0,2}=\s{0,2}${ARG}`, { kind: 'path', role: 'write' }),
  rule(String.raw`\b(?:unlink|file\.remove)\(\s{0,4}${ARG}`, { kind: 'path', role: 'delete' }),
  rule(String.raw`\bdir\.create\(\s{0,4}${ARG}`, { kind: 'path', role: 'mkdir' }),
  rule(
    String.raw`\b(?:install\.packages|install_github|BiocManager::install)\(\s{0,4}${ARG}`,
    { kind: 'outputs' },
    'certain',
  ),
  rule(String.raw`\bsystem\(\s{0,4}(['"][^'"\n]{0,400}['"])`, { kind: 'shell' }),
];

export const NODE_LANGUAGE: Language = { lexis: JAVASCRIPT, spelling: 'javascript', rules: NODE_RULES };
export const PERL_LANGUAGE: Language = { lexis: PERL, spelling: 'perl', rules: PERL_RULES };
export const RUBY_LANGUAGE: Language = { lexis: RUBY, spelling: 'ruby', rules: RUBY_RULES };
export const PHP_LANGUAGE: Language = { lexis: PHP, spelling: 'php', rules: PHP_RULES };
export const R_LANGUAGE: Language = { lexis: R, spelling: 'plain', rules: R_RULES };
/** A language of which nothing is looked for. */
export const NO_LANGUAGE: Language = { lexis: PLAIN, spelling: 'plain', rules: [] };
