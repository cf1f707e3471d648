import { describe } from 'vitest';
import { type CommandCase, checkCatalogue } from '../../../../test/support/check-catalogue.ts';
import { TESTS } from './tests.ts';

const CASES: readonly CommandCase[] = [
  ['pytest -k foo tests', 'test pytest tests'],
  ['pytest --junitxml=out.xml', 'write out.xml, test pytest'],
  ['python -m pytest tests/test_a.py', 'test pytest tests/test_a.py'],
  ['python -m unittest discover', 'test unittest discover'],
  ['nosetests', 'test nosetests'],
  ['jest src --outputFile r.json', 'write r.json, test jest src'],
  ['phpunit', 'test phpunit'],
  ['tests/runtests.py admin', 'test runtests.py admin'],
  ['coverage run -m pytest', 'test coverage'],
  ['coverage html', 'build coverage htmlcov/'],
  ['coverage report', ''],
  ['black src', 'write src'],
  ['black --check src', 'read src'],
  ['clang-format -i a.c', 'write a.c'],
  ['clang-format a.c', 'read a.c'],
  ['prettier --write a.ts', 'write a.ts'],
  ['eslint src', 'read src'],
  ['eslint --fix src', 'write src'],
  ['biome check', ''],
  ['biome check --write src', 'write src'],
  ['sqlfluff lint a.sql', 'read a.sql'],
  ['sqlfluff fix a.sql', 'write a.sql'],
  ['ruff check .', 'read .'],
  ['ruff check --fix .', 'write .'],
  ['flake8 src', 'read src'],
  ['pre-commit run', 'build? pre-commit .'],
  ['pytest -v', 'test pytest'],
  ['python -m unittest -v', 'test unittest'],
  ['pytest --version', ''],
];

describe('tests', () => checkCatalogue(TESTS, CASES));
