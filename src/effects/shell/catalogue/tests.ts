import type { Catalogue, CommandSpec } from '../spec.ts';

const TEST: CommandSpec = { acts: [{ kind: 'test' }] };

/** Test runners, linters and formatters. Caches of test runs do not count as changes; reports that are asked for do. */
export const TESTS: Catalogue = {
  'pytest py.test pytest-3': {
    ...TEST,
    values:
      '-k -m -n -p -c -o -W -r --rootdir --maxfail --timeout --durations --cov --cov-config --ignore --deselect --tb --log-level --import-mode --override-ini --color',
    paths: { '--junitxml --junit-xml --json-report-file --html --resultlog --report-log': 'write' },
  },
  'unittest nose nose2 nosetests trial stestr ward green behave robot doctest': TEST,
  'jest vitest mocha ava jasmine karma tap tape cypress playwright c8 nyc qunit': {
    ...TEST,
    paths: { '--outputFile --output-file': 'write' },
  },
  'phpunit rspec minitest bats shellspec prove busted ginkgo gotestsum cucumber testem pest codecept': TEST,
  'runtests.py runtests run_tests.sh run-tests.sh': TEST,
  coverage: {
    subs: {
      run: { ...TEST, values: '--source --omit --include -m' },
      'report debug': {},
      'html xml json lcov': { acts: [{ kind: 'write', path: 'htmlcov/' }] },
      'erase combine': { acts: [{ kind: 'write', path: '.coverage' }] },
    },
  },
  'black isort autopep8 yapf autoflake pyupgrade docformatter': {
    values: '-l -t --line-length --target-version --config --profile',
    operands: 'edit',
    unless: '--check --diff -d --check-only -c --stdout',
  },
  'clang-format astyle uncrustify shfmt rustfmt': {
    values: '--style -style --edition',
    operands: 'edit',
    only: '-i --in-place -w --write --replace',
  },
  prettier: { operands: 'edit', only: '-w --write' },
  'eslint stylelint oxlint standard xo tslint jshint': {
    operands: 'edit',
    values: '-c --config --ext --format -f --rule --max-warnings',
    paths: { '-o --output-file': 'write' },
    only: '--fix',
  },
  biome: { subs: { 'check lint format ci': { operands: 'edit', only: '--write --fix --apply' } } },
  sqlfluff: {
    subs: {
      'fix format': { values: '--dialect --rules --config', operands: 'edit' },
      'lint parse rules dialects version': {
        values: '--dialect --rules -f --format --config',
        operands: 'read',
      },
    },
  },
  ruff: {
    subs: {
      check: { operands: 'edit', values: '--select --ignore --config', only: '--fix --fix-only --add-noqa' },
      format: { operands: 'edit', unless: '--check --diff' },
    },
    otherwise: { operands: 'edit', only: '--fix' },
  },
  'flake8 pylint mypy pyright pyflakes pycodestyle pydocstyle bandit vulture shellcheck cppcheck clang-tidy golint staticcheck golangci-lint hadolint yamllint jsonlint markdownlint rubocop ty radon xenon safety pip-audit':
    {
      values:
        '-c --config --select --ignore --max-line-length -d -e --disable --enable --rcfile --exclude -f --format -s -S --checks --severity --python-version',
      operands: 'read',
    },
  'pre-commit': { acts: [{ kind: 'write', path: '.' }], likely: true },
};
