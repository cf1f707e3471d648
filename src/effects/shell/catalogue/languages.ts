import type { Catalogue, CommandSpec } from '../spec.ts';

const BUILD: CommandSpec = { acts: [{ kind: 'build' }] };
const TEST: CommandSpec = { acts: [{ kind: 'test' }] };
const INSTALL: CommandSpec = { acts: [{ kind: 'package', action: 'install' }] };
const START: CommandSpec = { acts: [{ kind: 'start' }] };
const RUN: CommandSpec = { acts: [{ kind: 'run' }] };
const SERVICE: CommandSpec = { acts: [{ kind: 'service' }] };

/** Toolchains that do everything for one language, generators of code, and tools of one ecosystem. */
export const LANGUAGES: Catalogue = {
  'flutter dart': {
    subs: {
      test: { ...TEST, also: { '--update-goldens': [{ kind: 'write', path: 'test/goldens/' }] } },
      'analyze doctor devices emulators info config logs': {},
      'pub get, pub add, pub upgrade, pub global activate, pub remove, packages get': INSTALL,
      'pub outdated, pub deps, pub publish --dry-run': {},
      format: { operands: 'edit', unless: '--output=none --set-exit-if-changed -n' },
      run: RUN,
      fix: { ...BUILD, only: '--apply' },
    },
    otherwise: BUILD,
  },
  'swift swiftpm': {
    subs: {
      test: TEST,
      run: RUN,
      'package describe, package show-dependencies, package dump-package': {},
      'build, package': BUILD,
    },
  },
  'lake gleam spago elm rebar pixi moon': {
    subs: {
      test: TEST,
      'run exe env': RUN,
      'check deps': {},
      format: { ...BUILD, unless: '--check' },
    },
    otherwise: BUILD,
  },
  'elm-test elm-review': TEST,
  'elm-format fourmolu ormolu stylua ktfmt nixfmt alejandra buildifier dprint taplo scalafmt swiftformat cmake-format':
    {
      operands: 'edit',
      bare: { acts: [{ kind: 'write', path: '.' }], unless: '--check --lint --test' },
      unless: '--check -c check --lint --test --mode=check --validate -mode=check',
    },
  'ktlint swiftlint detekt phpcs phpstan psalm luacheck selene credo ameba': {
    operands: 'read',
    also: { '-F --fix --autocorrect --auto-correct': [{ kind: 'write', path: '.' }] },
  },
  'phpcbf php-cs-fixer pint rector': { acts: [{ kind: 'write', path: '.' }], unless: '--dry-run --test -n' },
  'forge hardhat truffle anchor brownie ape': {
    values: '--network',
    subs: {
      'test coverage snapshot': TEST,
      'inspect tree config accounts networks geiger': {},
      fmt: { ...BUILD, unless: '--check' },
      'console node': START,
      script: { acts: [{ kind: 'run' }], also: { '--broadcast': [{ kind: 'send' }] } },
    },
    otherwise: BUILD,
  },
  'anvil ganache ganache-cli geth': { ...START, unless: '--version version' },
  cast: { subs: { 'send publish': { acts: [{ kind: 'send' }] } }, otherwise: { acts: [{ kind: 'fetch' }] } },
  'wasm-pack trunk maturin cross cargo-ndk': { subs: { test: TEST, serve: START }, otherwise: BUILD },
  'wasm-opt wasm2wat wat2wasm wasm-objdump': { operands: 'read', paths: { '-o --output': 'write' } },
  buf: {
    subs: {
      'lint breaking ls-files build': { paths: { '-o --output': 'write' } },
      format: { ...BUILD, only: '-w --write' },
      push: { acts: [{ kind: 'send' }] },
    },
    otherwise: BUILD,
  },
  'openapi-generator openapi-generator-cli swagger-codegen graphql-codegen orval swag sqlc mockgen wire stringer oapi-codegen templ ent controller-gen client-gen quicktype json2ts typedoc jsdoc compodoc':
    {
      ...BUILD,
      paths: { '-o --output --out --destination -destination': 'write' },
      unless: 'validate list version lint',
    },
  verilator: { ...BUILD, dash: 'words', unless: '--lint-only -V' },
  'vite next nuxt astro ng gatsby remix vue-cli-service react-scripts expo quasar docusaurus storybook parcel vuepress vitepress gridsome craco wmr react-router':
    {
      subs: {
        'dev serve start preview develop ios android web s': START,
        'test e2e': TEST,
        'lint check info doctor --version': { also: { '--fix': [{ kind: 'write', path: '.' }] } },
      },
      bare: { acts: [{ kind: 'start' }] },
      otherwise: { ...BUILD, likely: true },
    },
  'nx turbo lerna rush wireit': {
    subs: {
      'test, run test, run lint, run typecheck, run check, lint, affected:test, run-many -t test, affected -t test':
        TEST,
      'graph show list ls info report changed diff --version': {},
    },
    otherwise: { ...BUILD, likely: true },
  },
  'tsc tsgo vue-tsc': {
    ...BUILD,
    values: '-p --project --outDir --target --module --lib --jsx',
    paths: { '--outFile': 'write' },
    unless: '--noEmit --no-emit --showConfig --listFiles --listFilesOnly -n --dry',
    likely: true,
  },
  'svelte-check attw publint knip depcheck madge dpdm size-limit bundlewatch npm-check license-checker ncu npm-check-updates are-the-types-wrong cspell':
    {
      operands: 'none',
      also: { '-u --upgrade --fix': [{ kind: 'write', path: 'package.json' }] },
    },
  'husky lint-staged changeset standard-version conventional-changelog patch-package shadcn plop hygen ncc pkg':
    {
      acts: [{ kind: 'write', path: '.' }],
      unless: 'status --dry-run',
      likely: true,
    },
  'semantic-release release-it np auto goreleaser twine': {
    acts: [{ kind: 'send' }],
    unless: '--dry-run check --snapshot',
  },
  'pip-compile pip-sync pyproject-build flit bumpversion bump2version bump-my-version hatchling setuptools-scm towncrier reno':
    {
      ...BUILD,
      paths: { '-o --output-file': 'write' },
      unless: '--dry-run --check -n check',
    },
  nbstripout: { operands: 'edit', unless: '-t --verify --is-installed' },
  '2to3 lib2to3 fixit bowler django-upgrade': {
    operands: 'edit',
    values: '-f -x -j --fix --nofix',
    only: '-w --write',
  },
  papermill: { values: '-p -k -r -f --cwd', operands: 'in-out' },
  jupytext: {
    values: '--to --from -o --set-formats',
    ...BUILD,
    paths: { '-o --output': 'write' },
    unless: '--test',
  },
  'stubgen pyreverse pdoc pdoc3 lazydocs sphinx-quickstart sphinx-autogen mike': BUILD,
  'py-spy mprof kernprof scalene memray pyinstrument austin': {
    ...RUN,
    values: '-o --output -d --duration -p --pid',
    paths: { '-o --output --outfile': 'write' },
  },
  dbt: {
    subs: {
      'test parse ls list debug show docs-serve source-freshness': TEST,
      'run build seed snapshot': { acts: [{ kind: 'service', action: 'write' }] },
    },
    otherwise: BUILD,
  },
  'celery rq dramatiq huey arq': {
    values: '-A -b --app -n --workdir',
    subs: {
      'inspect status report info list graph result shell': {},
      'worker beat flower multi scheduler': START,
    },
    otherwise: { ...START, likely: true },
  },
  'airflow dagster prefect luigi ray kedro': {
    subs: {
      'version info list status': {},
      'dags list, tasks list, connections list, config list, config get-value, users list, jobs check, dags show':
        {},
      'webserver scheduler standalone worker triggerer dev server start': START,
    },
    otherwise: SERVICE,
  },
  ollama: {
    subs: {
      'list ls ps show help': {},
      serve: START,
      run: RUN,
      'pull push create cp rm': { acts: [{ kind: 'fetch' }, { kind: 'write', path: '~/.ollama/' }] },
    },
  },
  'pm2 forever nodemon honcho foreman overmind hivemind air concurrently': {
    subs: { 'list ls status logs show describe info jlist prettylist monit id env check': {} },
    otherwise: SERVICE,
  },
  'pg_dump pg_dumpall mysqldump mariadb-dump mongoexport pg_basebackup': {
    values: '-h -p -U -u -d -n -t -F -H --host --port --username --dbname --format -c --collection --db',
    paths: { '-f --file -r --result-file -o --out -D --pgdata': 'write' },
    acts: [{ kind: 'fetch' }],
  },
  mongodump: { acts: [{ kind: 'write', path: 'dump/' }] },
  'mongorestore mongoimport pgbench vacuumdb reindexdb clusterdb mysqlimport mysql_upgrade mysql_secure_installation':
    {
      acts: [{ kind: 'service', action: 'write' }],
    },
  'pg_isready pg_lsclusters pg_config mysqlshow mysqlcheck pg_controldata': {},
  etcdctl: { subs: { 'get watch member version endpoint check': {} }, otherwise: SERVICE },
  'bd beads': {
    values: '-t -p -d --type --priority --description --title --parent --status --reason -l --label',
    subs: {
      'show ready list blocked stats status info search stale quickstart onboard doctor where prime graph':
        {},
      'dep tree, dep list, dep cycles': {},
    },
    otherwise: { acts: [{ kind: 'write', path: '.beads/' }] },
  },
  'claude codex gemini aider opencode cursor-agent goose qwen kimi amp crush': {
    acts: [{ kind: 'run' }],
    unless: '--version --help mcp doctor',
    likely: true,
  },
};
