import { describe } from 'vitest';
import { type CommandCase, checkCatalogue } from '../../../../test/support/check-catalogue.ts';
import { LINTERS } from './linters.ts';

const CASES: readonly CommandCase[] = [
  ['black src', 'write src'],
  ['black --check src', 'read src'],
  ['autopep8 a.py', 'read a.py'],
  ['autopep8 -i a.py', 'write a.py'],
  ['clang-format -i a.c', 'write a.c'],
  ['clang-format a.c', 'read a.c'],
  ['rustfmt a.rs', 'write a.rs'],
  ['rustfmt --check a.rs', 'read a.rs'],
  ['prettier --write a.ts', 'write a.ts'],
  ['prettier --check a.ts', 'read a.ts'],
  ['eslint src', 'read src'],
  ['eslint --fix src', 'write src'],
  ['standard --fix', 'build standard .'],
  ['golangci-lint run', ''],
  ['golangci-lint run --fix', 'build golangci-lint .'],
  ['biome check', ''],
  ['biome check --write src', 'write src'],
  ['sqlfluff lint a.sql', 'read a.sql'],
  ['sqlfluff fix --ignore parsing a.sql', 'write a.sql'],
  ['ruff check .', 'read .'],
  ['ruff check --fix .', 'build ruff .'],
  ['ruff format --check src', 'read src'],
  ['ruff rule E501', ''],
  ['rubocop lib', 'read lib'],
  ['rubocop -a', 'build rubocop .'],
  ['flake8 src', 'read src'],
  ['mypy src', 'read src'],
  ['codespell -w', 'build codespell .'],
  ['pre-commit run', 'build? pre-commit .'],
  ['pre-commit validate-config', ''],
];

describe('linters', () => checkCatalogue(LINTERS, CASES));
