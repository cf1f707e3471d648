import type { Catalogue, CommandSpec } from '../spec.ts';

const INSTALL: CommandSpec = { acts: [{ kind: 'package', action: 'install' }] };
const REMOVE: CommandSpec = { acts: [{ kind: 'package', action: 'remove' }] };
const UPDATE: CommandSpec = { acts: [{ kind: 'package', action: 'update' }] };
const DRY: CommandSpec = { ...INSTALL, unless: '-s --simulate --dry-run --just-print --download-only -d' };
const PIP_VALUES =
  '-r -c -i -t -f -e --requirement --constraint --index-url --extra-index-url --target --find-links --prefix --root --python --timeout --trusted-host --editable --no-binary --only-binary --platform --python-version --abi --implementation --proxy --retries --cache-dir --log';

const PIP: CommandSpec = {
  subs: {
    install: { ...INSTALL, values: PIP_VALUES, unless: '--dry-run' },
    uninstall: REMOVE,
    'download wheel': { acts: [{ kind: 'fetch' }, { kind: 'write', path: '*.whl' }], values: PIP_VALUES },
    'config set,': { acts: [{ kind: 'write', path: '~/.config/pip/pip.conf' }] },
    'cache purge, cache remove': { acts: [{ kind: 'write', path: '~/.cache/pip/' }] },
  },
};

/** Package managers of systems and of languages. */
export const PACKAGES: Catalogue = {
  'apt-get apt aptitude': {
    values: '-o -t -c --option --target-release --config-file',
    subs: {
      'install reinstall build-dep satisfy': DRY,
      'remove purge autoremove autopurge': REMOVE,
      'update upgrade dist-upgrade full-upgrade clean autoclean': UPDATE,
      'edit-sources': UPDATE,
      'download source': { acts: [{ kind: 'fetch' }, { kind: 'write', path: '.' }] },
    },
  },
  'apt-key add-apt-repository debconf-set-selections apt-add-repository': UPDATE,
  'apt-mark': { subs: { 'hold unhold auto manual': UPDATE } },
  'apt-cache apt-file apt-config dpkg-query rpmquery debsums apt-show-versions deborphan': {},
  dpkg: {
    ...INSTALL,
    only: '-i --install -r --remove -P --purge --configure --add-architecture --unpack --set-selections --force-all -a',
  },
  'dpkg-deb': {
    operands: 'read',
    acts: [{ kind: 'write', path: '.' }],
    only: '-x -X -R -b --extract --build --raw-extract',
  },
  'dpkg-reconfigure dpkg-divert update-alternatives update-ca-certificates locale-gen ldconfig': {
    acts: [{ kind: 'service', action: 'configure' }],
    unless: '-p --list --display --query --get-selections --print-cache',
  },
  'yum dnf microdnf tdnf zypper': {
    subs: {
      'install reinstall localinstall groupinstall in builddep': DRY,
      'remove erase autoremove rm': REMOVE,
      'update upgrade makecache clean refresh up dup config-manager module': UPDATE,
    },
  },
  rpm: { ...INSTALL, only: '-i -U -e -F --install --upgrade --erase --import' },
  apk: {
    values: '-X --repository -p --root',
    subs: { add: INSTALL, del: REMOVE, 'update upgrade fix cache': UPDATE },
  },
  'pacman yay paru': {
    ...INSTALL,
    only: '-S -R -U -y -u --sync --remove --upgrade',
    unless: '-Q -Ss -Si -Sl -F --query',
  },
  'brew port snap flatpak nix-env guix': {
    subs: {
      'install reinstall -i -iA': INSTALL,
      'uninstall remove': REMOVE,
      'update upgrade tap refresh link unlink pin cleanup': UPDATE,
      'services list, services info, tap-info': {},
      'services start, services stop, services restart, services run': { acts: [{ kind: 'service' }] },
    },
  },
  'pip pip3 pipx': PIP,
  uv: {
    values: '--python -p --directory --project',
    subs: {
      'pip install, pip sync, add, sync, tool install, python install': { ...INSTALL, values: PIP_VALUES },
      'pip uninstall, remove, tool uninstall': REMOVE,
      'venv, init, lock, build, pip compile': {
        acts: [{ kind: 'build' }],
        paths: { '-o --output-file': 'write' },
      },
    },
  },
  'conda mamba micromamba': {
    subs: {
      'install create env': {
        ...INSTALL,
        values: '-n -c -p --name --channel --prefix --file -f',
        unless: '--dry-run',
      },
      'env list, env export': {},
      'remove uninstall': { ...REMOVE, values: '-n -p --name' },
      'update upgrade init config clean': UPDATE,
    },
  },
  'poetry pdm pipenv hatch rye': {
    subs: {
      'install add sync': INSTALL,
      'remove uninstall': REMOVE,
      'update lock init new build self config': UPDATE,
      publish: { acts: [{ kind: 'send' }] },
    },
  },
  'easy_install ensurepip': INSTALL,
  'virtualenv pyvenv': { operands: 'mkdir', values: '-p --python' },
  'npm pnpm yarn bun cnpm': {
    values: '--prefix -C --cwd --registry --loglevel --filter -w --workspace',
    subs: {
      'install i ci add isntall in link clean-install install-test it import': {
        ...INSTALL,
        unless: '--dry-run',
      },
      'uninstall remove rm un r unlink prune': REMOVE,
      'update upgrade up dedupe ddp rebuild rb': UPDATE,
      'audit fix,': UPDATE,
      'init create shrinkwrap': { acts: [{ kind: 'write', path: 'package.json' }] },
      'pkg get,': {},
      'pkg version': { acts: [{ kind: 'write', path: 'package.json' }], atLeast: 1 },
      'publish unpublish deprecate dist-tag': { acts: [{ kind: 'send' }] },
      'pack build': { acts: [{ kind: 'build' }], unless: '--dry-run' },
      'config set, set, config delete': { acts: [{ kind: 'write', path: '~/.npmrc' }] },
      'cache clean, cache clear, store prune': { acts: [{ kind: 'write', path: '~/.npm/' }] },
      'test t tst': { acts: [{ kind: 'test' }] },
    },
  },
  'nvm fnm volta n rustup pyenv rbenv asdf sdk sdkman mise': {
    subs: {
      'install component target toolchain default update self': INSTALL,
      'uninstall remove': REMOVE,
      'component list, target list, toolchain list, show, which': {},
      'global local alias': UPDATE,
    },
  },
  'corepack bower': { subs: { 'enable prepare install': INSTALL } },
  gem: {
    subs: {
      install: INSTALL,
      'uninstall cleanup': REMOVE,
      update: UPDATE,
      build: { acts: [{ kind: 'build' }] },
    },
  },
  'bundle bundler': {
    subs: { 'install add': INSTALL, update: UPDATE, remove: REMOVE, 'config set, lock, init': UPDATE },
  },
  composer: {
    subs: {
      'install require update create-project': INSTALL,
      remove: REMOVE,
      'dump-autoload dumpautoload init': { acts: [{ kind: 'build' }] },
      'test run-script': { acts: [{ kind: 'test' }], likely: true },
    },
  },
  'cpan cpanm cpanminus luarocks opam cabal stack nimble raco': {
    subs: {
      'install require add global i init switch upgrade update get': INSTALL,
      'remove uninstall': REMOVE,
      'build compile dump-autoload setup': { acts: [{ kind: 'build' }] },
      'test runtest': { acts: [{ kind: 'test' }] },
      'list show info search repl env exec run check outdated': {},
    },
    otherwise: { ...INSTALL, likely: true },
  },
  'tlmgr R-install install2.r': INSTALL,
};
