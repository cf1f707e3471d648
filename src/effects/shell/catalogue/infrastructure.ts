import type { Catalogue, CommandSpec } from '../spec.ts';

const SERVICE: CommandSpec = { acts: [{ kind: 'service' }] };
const LOOK: CommandSpec = { acts: [{ kind: 'fetch' }] };

/** Infrastructure as code, deployment and cluster tools; `aws`, `gcloud`, `az` and their like have a reader of their own. */
export const INFRASTRUCTURE: Catalogue = {
  'terraform tofu terragrunt': {
    subs: {
      'validate show output version providers graph console get-modules metadata': {},
      plan: { paths: { '-out': 'write' }, dash: 'words' },
      'state list, state show, state pull, workspace list, workspace show': {},
      fmt: { acts: [{ kind: 'write', path: '.' }], unless: '-check -diff -write=false', dash: 'words' },
      'init get': { acts: [{ kind: 'write', path: '.terraform/' }] },
    },
    otherwise: SERVICE,
  },
  pulumi: {
    subs: { 'preview, stack ls, stack output, config get, logs, whoami, about, version, plugin ls': {} },
    otherwise: SERVICE,
  },
  'ansible ansible-playbook': {
    ...SERVICE,
    values: '-m -a -i -u -e -l -t --tags --limit --inventory --module-name --args --extra-vars',
    unless: '--check -C --syntax-check --list-tasks --list-hosts --list-tags ping setup debug',
    atLeast: 1,
  },
  'ansible-galaxy': {
    subs: { 'list, search, info, collection list, role list': {} },
    otherwise: { acts: [{ kind: 'write', path: '~/.ansible/' }] },
  },
  'ansible-doc ansible-inventory ansible-config ansible-lint tflint tfsec checkov kubeval kubeconform kube-linter':
    {
      also: { '--fix': [{ kind: 'write', path: '.' }] },
    },
  helm: {
    values: '-n --namespace -f --values --kubeconfig --version',
    subs: {
      'list ls status get show search template lint history version env verify': {},
      'repo list, plugin list, dependency list': {},
      'pull fetch create package dependency dep': { acts: [{ kind: 'write', path: '.' }] },
    },
    otherwise: SERVICE,
  },
  'kustomize kompose skaffold tilt werf': {
    subs: {
      'build version cfg diagnose render inspect': { paths: { '-o --output': 'write' } },
      'edit create convert init': { acts: [{ kind: 'write', path: 'kustomization.yaml' }] },
      'dev run up': { acts: [{ kind: 'start' }] },
    },
    otherwise: SERVICE,
  },
  'k3d ctlptl eksctl kops istioctl linkerd flux argocd velero kubeadm rke': {
    subs: {
      'list get version status check describe logs analyze proxy-status': {},
      'cluster list, app list, app get, app diff, app history, cluster get, get clusters, repo list, config view':
        {},
    },
    otherwise: SERVICE,
  },
  'vagrant packer nomad multipass lxc incus virt-install': {
    subs: { 'status list ls info validate inspect version global-status port ssh-config image show': {} },
    otherwise: SERVICE,
  },
  'serverless sls sam cdk amplify eb copilot sst zappa chalice': {
    subs: {
      'diff ls list info status doctor validate logs print version health whoami': {},
      'synth synthesize build package init new': { acts: [{ kind: 'build' }] },
      'local dev': { acts: [{ kind: 'start' }] },
    },
    otherwise: { acts: [{ kind: 'send' }], likely: true },
  },
  'doctl fly flyctl heroku vercel netlify wrangler firebase railway render surge supabase': {
    subs: {
      'ls list info status logs whoami inspect version ps apps auth help': LOOK,
      'dev serve emulators:start': { acts: [{ kind: 'start' }] },
      'init link pull env types': { acts: [{ kind: 'write', path: '.' }] },
      build: { acts: [{ kind: 'build' }] },
    },
    otherwise: { acts: [{ kind: 'send' }], likely: true },
  },
  'eas fastlane appcenter': {
    subs: { 'list actions env whoami build:list build:view': {} },
    otherwise: { acts: [{ kind: 'send' }], likely: true },
  },
};
