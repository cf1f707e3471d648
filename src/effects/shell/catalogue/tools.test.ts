import { describe } from 'vitest';
import { type CommandCase, checkCatalogue } from '../../../../test/support/check-catalogue.ts';
import { TOOLS } from './tools.ts';

const CASES: readonly CommandCase[] = [
  ['ffmpeg -i a.mp4 -c copy b.mp4', 'write b.mp4'],
  ['convert a.png b.jpg', 'read a.png, write b.jpg'],
  ['dot -Tpng a.dot -o a.png', 'write? a.png, read? a.dot, build? dot a.dot'],
  ['tesseract a.png out', 'read a.png, write out'],
  ['qpdf a.pdf b.pdf', 'read a.pdf, write b.pdf'],
  ['openssl x509 -in a.crt -noout -text', 'read a.crt'],
  ['openssl req -new -key k.pem -out r.csr', 'write r.csr, read k.pem'],
  ['keytool -list -keystore k', ''],
  ['ssdeep a', 'read a'],
  ['fasttext supervised -input a -output b', 'write b, read a'],
  ['fasttext test m t', 'read m, read t'],
  ['frotz game.z5', 'run? frotz game.z5'],
  ['wrk http://x', 'network? fetch http://x'],
  ['samtools view -o b.bam a.bam', 'write? b.bam, read? view, read? a.bam'],
  ['vim a.txt', 'write? a.txt, keys? ""'],
  ['emacsclient a', 'write? a'],
  ['code .', 'read .'],
  ['xterm', 'process start xterm'],
  ['figlet hi', ''],
  ['inotifywait src', 'search src'],
  ['dvc status', ''],
  ['dvc add x', 'build? dvc .'],
  ['flask run', 'process start flask'],
  ['flask routes', ''],
  ['django-admin migrate', 'build django-admin .'],
  ['django-admin test app', 'test django-admin app'],
  ['streamlit run app.py', 'process start streamlit'],
  ['scrapy list', ''],
  ['scrapy crawl x', 'build scrapy .'],
];

describe('tools', () => checkCatalogue(TOOLS, CASES));
