import type { Call, CommandReader, Host } from '../host.ts';
import { optionSet, readOptions } from '../options.ts';
import { isStream } from '../paths.ts';

const VALUES = optionSet(
  '--profile --region --output --query --project --zone --format --filter --account --subscription -g --resource-group -n --name --endpoint-url --config --alias -o -l --location',
);

/** Verbs that ask; the command lines of clouds spell them `describe-instances`, `instances list`, `account show`. */
const ASKS =
  /^(?:(?:describe|list|get|show|head|lookup|search|query|scan|check|validate|estimate|preview|simulate|batch-get|test|view)(?:-[\w-]+)?|ls|lsd|lsf|lsl|cat|du|size|stat|info|status|version|help|whoami|tree|ncdu|tail|logs|wait|filter-log-events|print-access-token|presign)$/;

/** Objects in a store of the cloud: `s3://…`, `gs://…`, `remote:path`. */
const REMOTE = /^(?:s3|gs|az|abfs|https?):\/\/|^[\w-]{2,30}:/;

const MOVES = /^(?:cp|copy|copyto|sync|mv|move|moveto|rsync|mirror|download|upload|get|put)$/;

/** `aws`, `gcloud`, `az` and tools of object stores: a verb among the words says whether it asks or changes something. */
const cloud: CommandReader = (call, host) => {
  const options = readOptions(call.args, { values: VALUES, dash: 'letters' });
  const words = options.operands.map((operand) => operand.value);
  if (words.length === 0) return undefined;
  const at = words.slice(0, 2).findIndex((word) => MOVES.test(word));
  const rest = words.slice(at + 1);
  if (at >= 0 && rest.length >= 2 && rest.some((word) => REMOTE.test(word))) {
    transfer(call, rest, options.has('--dryrun', '--dry-run', '-n'), host);
    return undefined;
  }
  const asks =
    words.slice(0, 5).some((word) => ASKS.test(word)) || options.has('--dry-run', '--generate-cli-skeleton');
  const configures =
    words[0] === 'configure' || words[0] === 'config' || words[0] === 'auth' || words[0] === 'login';
  if (configures && !asks)
    host.emit({ kind: 'build', tool: call.name, targets: [`~/.${call.name}/`], certainty: 'likely' });
  else
    host.emit({
      kind: 'network',
      direction: asks ? 'fetch' : 'send',
      target: words.slice(0, 3).join(' '),
      certainty: asks ? 'certain' : 'likely',
    });
  return undefined;
};

function transfer(call: Call, words: readonly string[], dry: boolean, host: Host): void {
  const target = words.at(-1) ?? '';
  const sources = words.slice(0, -1);
  for (const source of sources) {
    if (REMOTE.test(source))
      host.emit({ kind: 'network', direction: 'fetch', target: source, certainty: 'certain' });
    else if (!isStream(source)) host.emit({ kind: 'read', path: source, certainty: 'certain' });
  }
  if (dry || isStream(target)) return;
  if (REMOTE.test(target)) host.emit({ kind: 'network', direction: 'send', target, certainty: 'certain' });
  else if (
    target === '.' ||
    target.endsWith('/') ||
    call.args.some((arg) => /^(?:-r|--recursive)$/.test(arg.value))
  )
    host.emit({ kind: 'build', tool: call.name, targets: [target], certainty: 'certain' });
  else host.emit({ kind: 'write', path: target, change: { kind: 'unknown' }, certainty: 'certain' });
}

export const CLOUDS: Readonly<Record<string, CommandReader>> = {
  aws: cloud,
  gcloud: cloud,
  az: cloud,
  gsutil: cloud,
  bq: cloud,
  s3cmd: cloud,
  s5cmd: cloud,
  mc: cloud,
  rclone: cloud,
  oci: cloud,
  linode: cloud,
  aliyun: cloud,
};
