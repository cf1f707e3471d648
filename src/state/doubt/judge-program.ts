/**
 * Words of a program's text by which it may change files, start programs, or run text that does not stand in it. A
 * program without any of them only computes and prints, whatever the language.
 */
const ACTS =
  /\b(?:write\w*|append(?:File|text|_to_file)\w*|create(?:WriteStream|_?file)\w*|unlink\w*|remove(?:dirs|_tree|All|Sync)?\s*\(|rename\w*|rmtree|rmdir\w*|rm(?:Sync)?\s*\(|mkdir\w*|mkdtemp\w*|mktemp\w*|makedirs|symlink\w*|link(?:Sync|_to)?\s*\(|hardlink_to|touch|truncate\w*|copy(?:2|file\w*|tree|File\w*|Sync)|move\s*\(|cp(?:Sync)?\s*\(|shutil|subprocess|system|popen\w*|spawn\w*|exec\w*|fork|eval|(?<!re\.)compile|importlib|__import__|runpy|ctypes|fileinput|inplace|save\w*|dump|to_(?:csv|json|excel|parquet|pickle|sql|hdf|feather|file)|FileHandler|basicConfig|sqlite3|zipfile|tarfile|extract(?:all)?|urlretrieve|download\w*|putenv|chdir|chmod|chown|utime\w*|pytest|unittest|git|repo|Popen|Process|multiprocessing|require_relative|instance_eval|File|IO|Dir|FileUtils|Deno|Bun|child_process|worker_threads|cluster|process\.binding|print\s*\([^()\n]{0,200}\bfile\s*=|fs|vim|pexpect|sh|os\.(?!path|environ|getcwd|getenv|sep|listdir|walk|scandir|stat|name|linesep|uname|cpu_count|getpid|access|fspath|devnull))\b|`|>\s*["']|\|\s*["']|\bopen\s+(?:my\s+)?[$A-Z]/;

/** `open` in a mode that writes, or in a mode that is not written out. */
const OPENS = /\bopen\s*\(([^()\n]{0,300}(?:\([^()\n]{0,200}\)[^()\n]{0,200})?)\)?/g;
const READ_MODE = /,\s*(?:mode\s*=\s*)?[rbu]?["'](?:r|rb|rt|br|U|rU)["']/;
const OTHER_ARGUMENT = /,(?!\s*(?:encoding|errors|newline|buffering)\s*=)/;

const IMPORTS =
  /^\s*(?:from\s+([\w.]+)\s+import\b|import\s+([\w.,\s]{1,400}?)(?:\s+as\s+\w+)?\s*(?:;|#|$))|\brequire\s*\(\s*["']([^"'\n]{1,200})["']|\bfrom\s+["']([^"'\n]{1,200})["']|\bimport\s*\(?\s*["']([^"'\n]{1,200})["']/gm;

/**
 * Libraries that are imported without changing files unasked: standard ones and the widely used ones. What is not
 * named here is somebody's own code, which nobody has read.
 */
const QUIET = new Set(
  (
    'abc array ast atexit base64 binascii bisect builtins bz2 calendar cmath codecs collections colorsys contextlib contextvars copy copyreg csv dataclasses datetime decimal difflib dis doctest email encodings enum errno faulthandler fnmatch fractions functools gc getpass gettext glob graphlib gzip hashlib heapq hmac html http inspect io ipaddress itertools json keyword linecache locale logging lzma math mimetypes numbers operator os pathlib pickle pickletools pkgutil platform plistlib pprint queue quopri random re reprlib secrets select shlex signal site ssl stat statistics socketserver string stringprep struct symtable sys sysconfig tabnanny textwrap time timeit token tokenize tomllib trace traceback tracemalloc types typing typing_extensions unicodedata urllib uuid warnings weakref xml xmlrpc zlib zoneinfo __future__ ' +
    'numpy pandas scipy sklearn matplotlib seaborn sympy networkx statsmodels astropy xarray pydicom PIL cv2 skimage torch torchvision tensorflow jax transformers tokenizers datasets nltk spacy gensim requests httpx aiohttp urllib3 bs4 lxml yaml toml tomli ruamel attr attrs pydantic marshmallow dateutil pytz six more_itertools toolz click rich tqdm colorama tabulate jinja2 markupsafe werkzeug flask django rest_framework fastapi starlette sqlalchemy psycopg2 pymysql redis celery docutils sphinx pygments pylint astroid mypy flake8 black isort packaging pkg_resources wheel asyncio threading socket cryptography jwt passlib chess rdkit Bio pyarrow polars numba cython dask mpmath pyparsing regex chardet charset_normalizer idna certifi psutil ' +
    'assert buffer console crypto events path perf_hooks querystring readline stream string_decoder timers tty url util v8 vm zlib lodash underscore moment dayjs axios chalk react typescript'
  ).split(' '),
);

/**
 * Whether a program's text shows that running it changes no file: it holds nothing that writes or starts anything, and
 * imports nothing but libraries that are known not to. Texts of any language are judged alike, so much is refused that
 * would be harmless.
 */
export function isHarmlessProgram(text: string): boolean {
  if (text.length > 200_000 || ACTS.test(text)) return false;
  for (const [, args = ''] of text.matchAll(OPENS)) {
    if (!READ_MODE.test(args) && OTHER_ARGUMENT.test(args)) return false;
  }
  for (const match of text.matchAll(IMPORTS)) {
    const names = match[1] ?? match[2] ?? match[3] ?? match[4] ?? match[5] ?? '';
    for (const name of names.split(',')) {
      const top = name
        .trim()
        .replace(/^node:/, '')
        .split(/[\s./]/, 1)[0];
      if (top === undefined || !QUIET.has(top)) return false;
    }
  }
  return true;
}
