import { describe } from 'vitest';
import { type CommandCase, checkCatalogue } from '../../../../test/support/check-catalogue.ts';
import { CONTAINERS } from './containers.ts';

const CASES: readonly CommandCase[] = [
  ['docker ps', ''],
  ['docker run -d nginx', 'service nginx run'],
  ['docker exec web cat /etc/hosts', 'remote web'],
  ['docker compose up -d', 'service up compose'],
  ['docker compose ps', ''],
  ['docker-compose logs', ''],
  ['docker-compose up', 'service docker-compose up'],
  ['kubectl get pods', ''],
  ['kubectl apply -f a.yaml', 'service a.yaml apply'],
  ['crictl ps', ''],
  ['crictl rm x', 'service x rm'],
  ['debootstrap stable /x', 'build debootstrap .'],
];

describe('containers', () => checkCatalogue(CONTAINERS, CASES));
