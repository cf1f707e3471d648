import type { Act, Catalogue, CommandSpec } from '../spec.ts';

const TEST: CommandSpec = { acts: [{ kind: 'test' }] };
const SNAPSHOTS: readonly Act[] = [{ kind: 'write', path: '__snapshots__/' }];
const COVERAGE: readonly Act[] = [{ kind: 'write', path: 'coverage/' }];

/** Test runners. Caches of test runs do not count as changes; reports and snapshots that are asked for do. */
export const TESTS: Catalogue = {
  'pytest py.test pytest-3': {
    ...TEST,
    values:
      '-k -m -n -p -c -o -W -r --rootdir --maxfail --timeout --durations --cov-report --cov-config --ignore --deselect --tb --log-level --import-mode --override-ini --color --basetemp --ds --dist',
    paths: {
      '--junitxml --junit-xml --json-report-file --html --resultlog --report-log --log-file': 'write',
    },
    also: {
      '--snapshot-update --update-snapshots --inline-snapshot=create --inline-snapshot=fix --inline-snapshot=update --force-regen --regen-all --benchmark-save --benchmark-autosave --approvaltests-use-reporter':
        SNAPSHOTS,
      '--cov-report=html --cov-report=xml --cov-report=json --cov-report=lcov --cov-report=annotate':
        COVERAGE,
    },
  },
  'unittest nose nose2 nosetests trial stestr ward green behave robot doctest': {
    ...TEST,
    paths: { '--xunit-file --junit-xml -o --output --outputdir': 'write' },
    also: { '--with-xunit --cover-html --cover-xml --junit': COVERAGE },
  },
  'jest vitest mocha ava jasmine karma tap tape qunit wtr web-test-runner uvu': {
    ...TEST,
    values:
      '-t --testNamePattern --config -c --reporter --reporters --maxWorkers --project --grep -g --require -r',
    paths: { '--outputFile --output-file': 'write' },
    also: {
      '-u --update --updateSnapshot --update-snapshots': SNAPSHOTS,
      '--coverage --coverage.enabled': COVERAGE,
    },
  },
  playwright: {
    subs: {
      test: {
        ...TEST,
        values: '-c --config -g --grep --project --reporter --workers',
        also: { '-u --update-snapshots': SNAPSHOTS, '--reporter=html --reporter=blob': COVERAGE },
      },
      'install install-deps': { acts: [{ kind: 'package', action: 'install' }], unless: '--dry-run --list' },
      uninstall: { acts: [{ kind: 'package', action: 'remove' }] },
      'show-report show-trace open': { acts: [{ kind: 'run' }] },
      'screenshot pdf codegen merge-reports': { acts: [{ kind: 'write', path: '.' }] },
    },
  },
  cypress: {
    subs: { 'info verify version cache': {}, install: { acts: [{ kind: 'package', action: 'install' }] } },
    otherwise: TEST,
  },
  // They run a command and write what it covered.
  'c8 nyc istanbul': {
    ...TEST,
    acts: [{ kind: 'test' }, { kind: 'write', path: 'coverage/' }],
    unless: '--check-coverage',
  },
  'phpunit pest codecept paratest': {
    ...TEST,
    values: '-c --configuration --filter --group --testsuite',
    paths: { '--log-junit --coverage-clover --coverage-xml --coverage-html --testdox-html': 'write' },
    also: { '--update-snapshots -d=--update-snapshots': SNAPSHOTS, '--generate-configuration': COVERAGE },
  },
  'rspec minitest bats shellspec prove busted ginkgo gotestsum cucumber testem nosetests3 shunit2 goss kunit kyua bashunit':
    {
      ...TEST,
      values: '-e -f -t -r -o --format --require --out --junitfile --jsonfile',
      paths: { '-o --out --output --junitfile --jsonfile': 'write' },
    },
  'runtests.py runtests run_tests.sh run-tests.sh': TEST,
  coverage: {
    subs: {
      run: {
        values: '--source --omit --include -m',
        acts: [{ kind: 'test' }, { kind: 'write', path: '.coverage' }],
      },
      'report debug help': {},
      'html xml json lcov annotate': { acts: [{ kind: 'write', path: 'htmlcov/' }] },
      'erase combine': { acts: [{ kind: 'write', path: '.coverage' }] },
    },
  },
};
