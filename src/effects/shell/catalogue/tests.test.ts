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
  ['coverage run -m pytest', 'test coverage, write .coverage'],
  ['pytest --cov=src --cov-report=html', 'test pytest, build pytest coverage/'],
  ['pytest --cov=src --cov-report=term', 'test pytest'],
  ['pytest --snapshot-update', 'test pytest, build pytest __snapshots__/'],
  ['nosetests --with-xunit', 'test nosetests, build nosetests coverage/'],
  ['jest -u', 'test jest, build jest __snapshots__/'],
  ['vitest run --coverage', 'test vitest run, build vitest coverage/'],
  ['playwright test', 'test playwright'],
  ['playwright test --update-snapshots', 'test playwright, build playwright __snapshots__/'],
  ['playwright install chromium', 'package playwright install chromium'],
  ['cypress run', 'test cypress run'],
  ['cypress verify', ''],
  ['nyc mocha', 'test nyc mocha, build nyc coverage/'],
  ['phpunit --log-junit r.xml', 'write r.xml, test phpunit'],
  ['rspec spec/a_spec.rb', 'test rspec spec/a_spec.rb'],
  ['coverage html', 'build coverage htmlcov/'],
  ['coverage report', ''],
  ['pytest -v', 'test pytest'],
  ['python -m unittest -v', 'test unittest'],
  ['pytest --version', ''],
];

describe('tests', () => checkCatalogue(TESTS, CASES));
