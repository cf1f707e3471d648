import { ARG, type ScanRule } from './scan-program.ts';

const rule = (
  pattern: string,
  finding: ScanRule['finding'],
  certainty?: ScanRule['certainty'],
): ScanRule => ({
  pattern: new RegExp(pattern, 'g'),
  finding,
  ...(certainty && { certainty }),
});

const WORDS = String.raw`(\[[^\]\n]{0,400}\]|[rbu]?(?:'[^'\n]{0,400}'|"[^"\n]{0,400}"))`;

/** Python: what its standard library and the usual packages do to the world. */
export const PYTHON_RULES: readonly ScanRule[] = [
  rule(
    String.raw`\b(?:io\.|codecs\.|gzip\.|bz2\.|lzma\.|tarfile\.|aiofiles\.|fs\.|wave\.|h5py\.)?(?:open|File|ZipFile|TarFile|fdopen)\(\s{0,8}${ARG}\s{0,8},\s{0,8}(?:mode\s{0,2}=\s{0,2})?['"]([rwaxbtU+:|gz]{1,6})['"]`,
    { kind: 'open' },
    'certain',
  ),
  rule(
    String.raw`(?<![\w.])open\(\s{0,8}${ARG}\s{0,8}(?:\)|,\s{0,8}(?:encoding|errors|newline)\b)`,
    { kind: 'path', role: 'read' },
    'certain',
  ),
  rule(
    String.raw`(?:Path\(\s{0,4}${ARG}\s{0,4}\)|\b(\w{1,60}))\.(?:write_text|write_bytes)\(`,
    { kind: 'path', role: 'write' },
    'certain',
  ),
  rule(
    String.raw`(?:Path\(\s{0,4}${ARG}\s{0,4}\)|\b(\w{1,60}))\.(?:read_text|read_bytes)\(`,
    { kind: 'path', role: 'read' },
    'certain',
  ),
  rule(
    String.raw`(?:Path\(\s{0,4}${ARG}\s{0,4}\)|\b(\w{1,60}))\.open\(\s{0,4}['"](?:[wax]b?\+?)['"]`,
    { kind: 'path', role: 'write' },
    'certain',
  ),
  rule(String.raw`(?:Path\(\s{0,4}${ARG}\s{0,4}\)|\b(\w{1,60}))\.(?:touch|symlink_to|hardlink_to|chmod)\(`, {
    kind: 'path',
    role: 'touch',
  }),
  rule(String.raw`(?:Path\(\s{0,4}${ARG}\s{0,4}\)|\b(\w{1,60}))\.(?:unlink|rmdir)\(`, {
    kind: 'path',
    role: 'delete',
  }),
  rule(String.raw`(?:Path\(\s{0,4}${ARG}\s{0,4}\)|\b(\w{1,60}))\.mkdir\(`, { kind: 'path', role: 'mkdir' }),
  rule(String.raw`\bos\.(?:makedirs|mkdir)\(\s{0,4}${ARG}`, { kind: 'path', role: 'mkdir' }, 'certain'),
  rule(
    String.raw`\bos\.(?:remove|unlink|rmdir|removedirs)\(\s{0,4}${ARG}`,
    { kind: 'path', role: 'delete' },
    'certain',
  ),
  rule(
    String.raw`\bshutil\.rmtree\(\s{0,4}${ARG}`,
    { kind: 'path', role: 'delete', recursive: true },
    'certain',
  ),
  rule(
    String.raw`\b(?:os\.(?:rename|replace|renames)|shutil\.move)\(\s{0,4}${ARG}\s{0,4},\s{0,8}${ARG}`,
    { kind: 'move' },
    'certain',
  ),
  rule(
    String.raw`\b(?:shutil\.(?:copy|copy2|copyfile|copytree)|os\.(?:link|symlink))\(\s{0,4}${ARG}\s{0,4},\s{0,8}${ARG}`,
    { kind: 'copy' },
    'certain',
  ),
  rule(
    String.raw`\bos\.(?:chmod|chown|truncate|mkfifo|utime)\(\s{0,4}${ARG}`,
    { kind: 'path', role: 'mode' },
    'certain',
  ),
  rule(String.raw`\bshutil\.(?:unpack_archive|make_archive)\(`, { kind: 'outputs' }),
  rule(
    String.raw`\.(?:extractall|extract)\(\s{0,4}(?:path\s{0,2}=|['"]|\w{0,40}(?:dir|path|dest|out)\w{0,20}\s{0,4}\)|\))`,
    { kind: 'outputs' },
  ),
  rule(
    String.raw`\.(?:to_csv|to_parquet|to_excel|to_pickle|to_feather|to_hdf|to_html|to_stata|savefig|save_pretrained|save_model|save_weights|to_netcdf|write_parquet|write_csv|write_image|write_html|save_to_disk)\(\s{0,8}${ARG}`,
    { kind: 'path', role: 'write' },
  ),
  rule(String.raw`\.to_json\(\s{0,8}((?:'[^'\n]{1,300}'|"[^"\n]{1,300}"))`, { kind: 'path', role: 'write' }),
  rule(String.raw`\b(?:np|numpy)\.(?:save|savez|savez_compressed|savetxt)\(\s{0,4}${ARG}`, {
    kind: 'path',
    role: 'write',
  }),
  rule(
    String.raw`\b(?:torch|joblib|onnx|scipy\.io|safetensors\.torch|sio|st)\.(?:save|dump|savemat|save_file)\(\s{0,4}[^,\n]{1,120},\s{0,4}${ARG}`,
    { kind: 'path', role: 'write' },
  ),
  rule(
    String.raw`\b(?:cv2\.imwrite|imageio\.(?:imwrite|mimsave)|plt\.imsave|soundfile\.write|sf\.write|wavfile\.write|pq\.write_table|feather\.write_feather)\(\s{0,4}${ARG}`,
    { kind: 'path', role: 'write' },
  ),
  rule(
    String.raw`\b(?:img|image|im|wb|workbook|doc|document|prs|fig|pic|model|clip|tree|canvas)\w{0,20}\.(?:save|write)\(\s{0,4}${ARG}`,
    { kind: 'path', role: 'write' },
  ),
  rule(
    String.raw`\b(?:urlretrieve|hf_hub_download|snapshot_download|load_dataset|nltk\.download|gdown\.download|spacy\.cli\.download|wget\.download|SentenceTransformer|from_pretrained)\(\s{0,8}(?:repo_id\s{0,2}=\s{0,2})?${ARG}`,
    { kind: 'fetch' },
  ),
  rule(
    String.raw`\b(?:urlretrieve|snapshot_download|hf_hub_download|load_dataset|nltk\.download|gdown\.download|wget\.download)\(`,
    { kind: 'outputs' },
  ),
  // A name without a leading slash or dot is one of a hub: loading it fills the cache.
  rule(String.raw`\b(?:SentenceTransformer|from_pretrained)\(\s{0,8}['"](?![./~])`, { kind: 'outputs' }),
  rule(
    String.raw`\b(?:output_folder|output_dir|out_dir|save_dir|cache_dir|cache_folder|local_dir)\s{0,2}=(?!=)\s{0,2}(?!None)[\w'"]`,
    { kind: 'outputs' },
  ),
  rule(String.raw`\b(?:requests|httpx|session|client|s)\.get\(\s{0,4}${ARG}`, { kind: 'fetch' }),
  rule(String.raw`\burlopen\(\s{0,4}${ARG}`, { kind: 'fetch' }),
  rule(String.raw`\b(?:requests|httpx)\.(?:post|put|patch|delete)\(\s{0,4}${ARG}`, { kind: 'send' }),
  rule(String.raw`\b(?:smtplib\.SMTP|sendmail|send_message)\(`, { kind: 'send' }),
  rule(String.raw`\b(?:os\.system|os\.popen|commands\.getoutput)\(\s{0,4}${WORDS}`, { kind: 'shell' }),
  rule(
    String.raw`\bsubprocess\.(?:run|call|check_call|check_output|Popen|getoutput|getstatusoutput)\(\s{0,8}${WORDS}`,
    { kind: 'shell' },
  ),
  rule(String.raw`\bpexpect\.(?:spawn|run)\(\s{0,4}${WORDS}`, { kind: 'shell' }),
  rule(String.raw`\.(?:sendline|send_keys)\(`, { kind: 'outputs' }, 'possible'),
  rule(String.raw`\bos\.(?:kill|killpg)\(\s{0,4}([^,\n]{1,60}),\s{0,4}(?!0\s{0,4}\))`, { kind: 'kill' }),
  rule(String.raw`(?:\.serve_forever\(|\bapp\.run\(|\buvicorn\.run\(|\bserve\(\s{0,4}app|\brun_simple\()`, {
    kind: 'serve',
  }),
  rule(
    String.raw`\.execute(?:many|script)?\(\s{0,4}[rf]?(?:"{1,3}|'{1,3})\s{0,20}(?:INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|REPLACE|insert|update|delete|create|drop|alter|replace)\b`,
    { kind: 'outputs' },
  ),
  rule(
    String.raw`\b(?:call_command\(\s{0,4}['"](?:migrate|makemigrations|loaddata|flush)['"]|call_command\(\s{0,4}['"]collectstatic)`,
    { kind: 'outputs' },
  ),
];
