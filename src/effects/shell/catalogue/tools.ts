import type { Catalogue } from '../spec.ts';

/** Programs of particular trades: media, data, security, editors without a script. */
export const TOOLS: Catalogue = {
  'ffmpeg avconv': {
    dash: 'words',
    values:
      '-i -f -vf -af -t -ss -to -r -s -c -b -vcodec -acodec -preset -tune -pix_fmt -crf -map -filter_complex -c:v -c:a -b:v -b:a -ar -ac -loglevel -framerate -frames:v -vframes -codec -q:v -qscale:v -vsync -filter:v -threads -metadata -movflags -loop -lavfi -g -profile:v -level',
    operands: 'write',
    unless: '-formats -codecs -encoders -decoders -filters -version -h',
  },
  'convert magick mogrify montage composite': {
    dash: 'words',
    values:
      '-resize -quality -density -crop -fill -font -pointsize -gravity -draw -annotate -background -size -geometry -rotate -colorspace -depth -threshold -format -level -blur -define',
    operands: 'read-write',
  },
  'sox lame oggenc flac opusenc espeak gs inkscape rsvg-convert cwebp dwebp gifsicle optipng pngquant jpegoptim potrace dot neato gnuplot povray blender openscad':
    {
      values: '-T -K -G -w -q -r -b -m',
      paths: { '-o --output --export-filename -w': 'write' },
      operands: 'read',
      acts: [{ kind: 'build' }],
      likely: true,
    },
  tesseract: { operands: 'in-out', values: '-l --psm --oem -c --dpi', unless: '--list-langs stdout -' },
  'pdftk qpdf pdfunite pdfseparate img2pdf': { operands: 'read-write', paths: { '-o --output': 'write' } },
  openssl: {
    dash: 'words',
    values:
      '-in -inkey -key -CA -CAkey -days -subj -connect -servername -pass -passin -passout -k -K -iv -config -extensions -extfile -newkey -cert -CAfile -set_serial -name -certfile -iter -sigopt -pkeyopt -algorithm',
    operands: 'none',
    paths: { '-out -keyout -writerand -signature': 'write', '-in -inkey -key -cert': 'read' },
  },
  keytool: { dash: 'words', paths: { '-keystore -file': 'write' }, unless: '-list -printcert' },
  'sha256deep hashdeep ssdeep': { operands: 'read' },
  'fasttext word2vec glove': {
    dash: 'words',
    subs: {
      'supervised skipgram cbow quantize autotune': {
        dash: 'words',
        paths: { '-output': 'write', '-input': 'read' },
      },
      'test test-label predict predict-prob print-word-vectors print-sentence-vectors nn analogies dump': {
        operands: 'read',
      },
    },
  },
  'frotz dfrotz zork nethack': { acts: [{ kind: 'run' }], likely: true },
  'locust wrk hey siege jmeter k6 vegeta': { acts: [{ kind: 'fetch' }], values: '-n -c -t -d', likely: true },
  'prodigal muscle mafft blastn blastp makeblastdb bowtie2 bwa samtools bcftools bedtools fastqc trimmomatic seqkit primer3_core oligotm RNAfold':
    { values: '-in -i -db', paths: { '-out -o --output': 'write' }, operands: 'read', likely: true },
  'vim vi nvim nano pico emacs emacsclient joe mcedit micro helix hx': {
    operands: 'edit',
    likely: true,
    dash: 'words',
    unless: '-version',
  },
  'code subl gedit xdg-open': { operands: 'read' },
  'xterm gnome-terminal': { acts: [{ kind: 'start' }] },
  'figlet cowsay lolcat banner toilet fortune sl cmatrix': {},
  'watchman entr inotifywait fswatch': { operands: 'search' },

  'dvc mlflow wandb': {
    subs: { 'status diff list params metrics show': {} },
    otherwise: { acts: [{ kind: 'write', path: '.' }], likely: true },
  },
  'alembic flask django-admin rails artisan prisma sequelize knex drizzle-kit typeorm liquibase flyway': {
    subs: {
      'routes shell check current history heads show inspectdb status info validate diffsettings about help version':
        {},
      'run runserver server serve s': { acts: [{ kind: 'start' }] },
      test: { acts: [{ kind: 'test' }] },
      'showmigrations sqlmigrate sqlflush dumpdata findstatic sendtestemail migrate:status route:list db:status version -V --version':
        { paths: { '-o --output': 'write' } },
      makemigrations: { acts: [{ kind: 'write', path: '.' }], unless: '--dry-run --check' },
      'generate new g': { acts: [{ kind: 'write', path: '.' }] },
    },
    otherwise: { acts: [{ kind: 'write', path: '.' }] },
  },
  'streamlit gradio panel bokeh dash': { subs: { 'run serve': { acts: [{ kind: 'start' }] } } },
  'scrapy cookiecutter copier yo create-react-app create-vite degit': {
    acts: [{ kind: 'write', path: '.' }],
    unless: '--list',
    subs: { 'shell list check parse view fetch': {} },
    otherwise: { acts: [{ kind: 'write', path: '.' }] },
  },
};
