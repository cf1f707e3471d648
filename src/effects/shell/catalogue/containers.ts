import type { Catalogue, CommandSpec } from '../spec.ts';

const SERVICE: CommandSpec = { acts: [{ kind: 'service' }] };
const LOOK =
  'ps images logs inspect version info top stats port history search diff events ls list context system manifest config describe get explain api-resources api-versions cluster-info';

/** Containers and clusters; `docker exec` and `docker run` are followed into their command by a reader of their own. */
export const CONTAINERS: Catalogue = {
  'docker podman nerdctl': {
    values: '-H -c --context --host -l --log-level',
    subs: {
      [LOOK]: {},
      'image ls, image inspect, image history, container ls, container inspect, container logs, volume ls, volume inspect, network ls, network inspect, compose ps, compose logs, compose config, compose ls, compose images, compose top, system df, system info, buildx ls, context ls':
        {},
      'system prune, context use': SERVICE,
    },
    otherwise: SERVICE,
  },
  'docker-compose podman-compose': {
    values: '-f -p --file --project-name --env-file',
    subs: { 'ps logs config images top port version events ls': {} },
    otherwise: SERVICE,
  },
  'kubectl oc k9s minikube kind k3s': {
    values: '-n --namespace --context --kubeconfig',
    subs: {
      [LOOK]: {},
      'config use-context, config set-context, config set, config unset, config delete-context, config set-cluster, config set-credentials, config rename-context':
        SERVICE,
      'status, ip, profile, auth, wait, options, config view, config get-contexts, config current-context, rollout status, rollout history, get clusters, get nodes':
        {},
    },
    otherwise: SERVICE,
  },
  'crictl ctr buildah skopeo': {
    subs: { 'ps, images, inspect, logs, info, stats, list-tags, ls, images ls, containers ls': {} },
    otherwise: SERVICE,
  },
  debootstrap: { acts: [{ kind: 'write', path: '.' }] },
};
