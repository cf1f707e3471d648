import { applySpec } from '../apply-spec.ts';
import { findSpec } from '../catalogue/index.ts';
import type { CommandReader } from '../host.ts';
import { optionSet, readOptions } from '../options.ts';

const VALUES = optionSet(
  '-e -u -w -v -p -n -c -l -f -h -m --env --user --workdir --volume --name --network --entrypoint --env-file --mount --platform --cpus --memory --container --namespace -H --context --publish --hostname --add-host --gpus --shm-size',
);

/** `docker exec X cmd`, `docker run IMAGE cmd`, `kubectl exec POD -- cmd`: the command acts inside a container. */
const container: CommandReader = (call, host) => {
  const head = readOptions(call.args, {
    values: optionSet('-H --context -n --namespace -f -p'),
    dash: 'letters',
    stopAtOperand: true,
  });
  const operands = head.operands[0]?.value === 'compose' ? head.operands.slice(1) : head.operands;
  const [sub, ...rest] = operands;
  if (sub?.value === 'exec') {
    const inner = readOptions(rest, { values: VALUES, dash: 'letters', stopAtOperand: true });
    const [target, ...words] = inner.operands;
    if (!target) return undefined;
    const separator = words.findIndex((word) => word.value === '--');
    host.emit({ kind: 'remote', host: target.value, certainty: 'certain' });
    host.elsewhere(target.value, () => host.command(words.slice(separator + 1)));
    return undefined;
  }
  const spec = findSpec(call.name);
  if (spec) applySpec(spec, call, host);
  return undefined;
};

export const CONTAINER_READERS: Readonly<Record<string, CommandReader>> = {
  docker: container,
  podman: container,
  nerdctl: container,
  kubectl: container,
  oc: container,
  'docker-compose': container,
};
