import type { Act, Catalogue } from '../spec.ts';

const HERE: readonly Act[] = [{ kind: 'write', path: '.' }];

/** Linters, type checkers and formatters: they print, unless they are told to fix; formatters change files, unless they are told to check. */
export const LINTERS: Catalogue = {
  'black isort pyupgrade': {
    values: '-l -t -m --line-length --target-version --config --profile --settings-path --src',
    operands: 'edit',
    unless: '--check --diff -d --check-only -c --stdout',
  },
  'autopep8 yapf autoflake docformatter add-trailing-comma': {
    values: '--max-line-length --select --ignore --style',
    operands: 'edit',
    only: '-i --in-place',
  },
  'clang-format uncrustify shfmt google-java-format': {
    values: '--style -style --edition -c -l',
    operands: 'edit',
    only: '-i --in-place -w --write --replace --no-backup',
  },
  'rustfmt astyle indent': {
    values: '--edition --config --style',
    operands: 'edit',
    unless: '--check --emit=stdout --dry-run -st',
  },
  prettier: { values: '--config --parser --ignore-path', operands: 'edit', only: '-w --write' },
  'eslint stylelint oxlint standard xo tslint jshint markdownlint markdownlint-cli2 htmlhint alex textlint semistandard gts':
    {
      values: '-c --config --ext --format -f --rule --max-warnings --ignore-pattern',
      paths: { '-o --output-file': 'write' },
      operands: 'edit',
      only: '--fix',
      bare: { also: { '--fix': HERE } },
    },
  'golangci-lint': {
    subs: { run: { values: '-c --config --timeout -E -D', also: { '--fix': HERE } }, fmt: { acts: HERE } },
  },
  biome: {
    subs: { 'check lint format ci': { operands: 'edit', only: '--write --fix --apply --apply-unsafe' } },
  },
  sqlfluff: {
    subs: {
      'fix format': {
        values:
          '--dialect --rules --config --ignore --templater --exclude-rules -e -r -p --processes --stdin-filename',
        operands: 'edit',
      },
      'lint parse render rules dialects version': {
        values: '--dialect --rules -f --format --config --ignore --templater --exclude-rules -r -e',
        operands: 'read',
      },
    },
  },
  ruff: {
    subs: {
      check: {
        operands: 'edit',
        values: '--select --ignore --config --output-format --extend-select --target-version --line-length',
        only: '--fix --fix-only --add-noqa',
      },
      format: { operands: 'edit', values: '--config --line-length', unless: '--check --diff' },
      'rule config linter version help clean server analyze': {},
    },
    otherwise: { operands: 'edit', values: '--select --ignore --config', only: '--fix' },
  },
  rubocop: {
    values: '-c --config --only --except --format -f',
    operands: 'read',
    also: { '-a -A -x --autocorrect --autocorrect-all --auto-correct --fix-layout --auto-gen-config': HERE },
  },
  'flake8 pylint mypy pyright pyflakes pycodestyle pydocstyle bandit vulture shellcheck cppcheck clang-tidy golint staticcheck hadolint yamllint jsonlint ty radon xenon safety pip-audit basedpyright pyre pytype interrogate codespell dmypy refurb pylama prospector lizard doc8 rstcheck proselint vale write-good actionlint pymarkdown djlint curlylint errcheck gosec govulncheck revive ineffassign gocyclo deadcode nilaway reek brakeman fasterer solargraph sorbet srb slither solhint mythril ansible-review cfn-lint checkmake dotenv-linter editorconfig-checker commitlint ec gitlint pyroma check-manifest import-linter lint-imports deptry':
    {
      values:
        '-c --config --select --ignore --max-line-length -d -e --disable --enable --rcfile --exclude -f --format -s -S --checks --severity --python-version --config-file --extend-ignore -m --max-complexity',
      paths: { '--output-file --junit-xml --html-report -o': 'write' },
      operands: 'read',
      also: { '-w --write-changes --fix --autocorrect -autofix': HERE },
    },
  'pre-commit lefthook overcommit': {
    subs: {
      'validate-config validate-manifest sample-config help': {},
      'install uninstall autoupdate install-hooks gc clean migrate-config': { acts: HERE },
    },
    otherwise: { acts: HERE, likely: true },
  },
};
