import type { Catalogue, CommandSpec } from '../spec.ts';

const BUILD: CommandSpec = { acts: [{ kind: 'build' }] };
const TEST: CommandSpec = { acts: [{ kind: 'test' }] };

const C_COMPILER: CommandSpec = {
  dash: 'words',
  values:
    '-x -I -L -l -D -U -include -isystem -MF -MT -Xlinker -T -u -arch -target --param -Xclang -iquote -idirafter -std --std',
  operands: 'read',
  paths: { '-o': 'write' },
  acts: [{ kind: 'build' }],
  unless:
    '-fsyntax-only -dumpversion -dumpmachine -print-search-dirs -print-file-name --print-search-dirs -dM -M -MM -###',
  atLeast: 1,
};

/** Compilers and build tools: they write what they build. */
export const BUILD_TOOLS: Catalogue = {
  'gcc g++ cc c++ clang clang++ tcc gfortran f77 icc nvcc emcc em++ hipcc musl-gcc ccache distcc': C_COMPILER,
  'ld gold lld ld.lld ld.bfd': { ...C_COMPILER, unless: '-V' },
  'as nasm yasm fasm': {
    dash: 'words',
    values: '-f -I -g -F',
    operands: 'read',
    paths: { '-o': 'write', '-l': 'write' },
    acts: [{ kind: 'build' }],
    atLeast: 1,
  },
  'make gmake remake nmake bmake': {
    ...BUILD,
    values: '-C -f -j -I -l -o --directory --file',
    unless: '-n --dry-run --just-print -q --question -p',
  },
  'ninja samu': { ...BUILD, values: '-C -f -j -t', unless: '-n -t' },
  'cmake cmake3': {
    ...BUILD,
    values: '-S -B -G -D -P -T -A -C --target --config',
    unless: '-N -L -LA -LAH -E',
  },
  ctest: { ...TEST, unless: '-N --show-only' },
  meson: { subs: { test: TEST, 'introspect help': {} }, otherwise: BUILD },
  'bazel bazelisk buck buck2 pants please': {
    subs: { 'build run sync fetch coverage clean mod': BUILD, test: TEST },
  },
  'scons waf gyp ant invoke inv just task doit': {
    subs: { 'test tests check lint spec': TEST },
    bare: BUILD,
    otherwise: { ...BUILD, unless: '-l --list -n --dry-run -T -P --summary -p' },
  },
  rake: {
    subs: { 'test spec cucumber features rubocop': TEST },
    bare: { ...BUILD, unless: '-T -P --tasks -n --dry-run' },
    otherwise: { ...BUILD, unless: '-T -P --tasks -n --dry-run' },
  },
  // They make environments of their own and install into them, then test.
  'tox nox': {
    values: '-e -s -p --session --python',
    acts: [{ kind: 'test' }, { kind: 'build' }],
    unless: '-l --list --listenvs -a --showconfig',
  },
  'autoconf automake autoreconf aclocal autoheader libtoolize libtool autogen.sh bootstrap.sh': BUILD,
  'configure config.status Configure bootstrap': BUILD,
  qmake: BUILD,
  'mvn mvnw gradle gradlew sbt lein mill': {
    subs: {
      'test check surefire:test': TEST,
      'verify integration-test': { acts: [{ kind: 'test' }, { kind: 'build' }] },
      'dependency:tree tasks projects dependencies help help:effective-pom properties -v': {},
    },
    otherwise: BUILD,
  },
  cargo: {
    values: '--manifest-path -p --package -Z --color --config -C --features',
    subs: {
      'test nextest t': TEST,
      'bench miri mutants insta': {
        acts: [{ kind: 'test' }],
        also: { '--review --accept': [{ kind: 'build' }] },
      },
      'clippy check c': { acts: [{ kind: 'run' }], also: { '--fix': [{ kind: 'write', path: '.' }] } },
      'build b install uninstall add remove rm update fetch new init clean fmt fix publish vendor generate-lockfile doc run r rustc package yank':
        {
          ...BUILD,
          unless: '--check --dry-run',
        },
      'tree metadata search version locate-project pkgid verify-project expand info help read-manifest --list audit deny outdated':
        {},
    },
  },
  rustc: {
    ...C_COMPILER,
    unless: '--print -vV -V --explain',
    values: '-C -L -l --edition --crate-type --emit --target -A -W -D --cfg --crate-name',
  },
  go: {
    values: '-C',
    subs: {
      test: {
        ...TEST,
        dash: 'words',
        values:
          '-run -bench -count -timeout -tags -cpu -parallel -p -ldflags -covermode -coverpkg -mod -fuzz -fuzztime',
        paths: {
          '-coverprofile -cpuprofile -memprofile -blockprofile -mutexprofile -trace -o -outputdir -test.coverprofile':
            'write',
        },
        also: { '-c': [{ kind: 'build' }], '-update -update-golden': [{ kind: 'write', path: 'testdata/' }] },
      },
      'build install generate get clean': {
        ...BUILD,
        values: '-ldflags -tags -mod -gcflags',
        dash: 'words',
        paths: { '-o': 'write' },
        unless: '-n',
      },
      'run tool': { acts: [{ kind: 'run' }], likely: true },
      'mod init, mod tidy, mod download, mod vendor, mod edit, work init, work use, mod': BUILD,
      'mod graph, mod why, mod verify': {},
      'fmt fix': { operands: 'edit', acts: [{ kind: 'write', path: '.' }] },
      'env -w, env -u': BUILD,
    },
  },
  'gofmt goimports gofumpt golines': { operands: 'edit', values: '-r -local', only: '-w' },
  'javac kotlinc scalac groovyc': {
    dash: 'words',
    values: '-cp -classpath -d -source -target -encoding --release',
    operands: 'read',
    paths: { '-d': 'write' },
    acts: [{ kind: 'build' }],
    atLeast: 1,
  },
  jar: { ...BUILD, unless: '-t -tf tf tvf -tvf --list' },
  'javap jdeps jps jstack jmap jinfo jcmd': { operands: 'read' },
  'ghc ocamlc ocamlopt ocamlfind coqc fpc gnatmake dmd ldc2 nim v valac mcs csc vbc swiftc erlc elixirc ponyc cobc ghdl iverilog yosys solc rgbasm sdcc ca65 cl65 vasm mzc chez odin haxe':
    {
      ...BUILD,
      dash: 'words',
      values: '-I -R -Q -package',
      paths: { '-o': 'write' },
      atLeast: 1,
    },
  'dune zig crystal': {
    dash: 'words',
    paths: { '-o': 'write' },
    subs: {
      'build test, test, runtest, spec': TEST,
      'version, env, help, targets, ast-check, utop, top, show, describe, tool format': {},
      run: { acts: [{ kind: 'run' }], likely: true },
      'fmt, format': { ...BUILD, unless: '--check' },
    },
    otherwise: { ...BUILD, dash: 'words', paths: { '-o': 'write' } },
  },
  dotnet: {
    subs: {
      test: TEST,
      'build publish new restore add remove run clean pack tool nuget workload ef': BUILD,
      'list sdk --list-sdks --list-runtimes': {},
    },
  },
  msbuild: BUILD,
  'mix rebar3': {
    subs: {
      test: TEST,
      'help deps.tree hex.info hex.docs credo dialyzer xref app.tree phx.routes': {},
      format: { ...BUILD, unless: '--check-formatted --dry-run' },
    },
    otherwise: BUILD,
  },
  'iex erl ghci coqtop scala jshell irb pry utop runghc runhaskell elixir escript': {},
  'webpack rollup esbuild babel swc tsup tsdown rolldown gulp grunt rspack rsbuild unbuild microbundle browserify uglifyjs terser sass lessc postcss tailwindcss stylus node-gyp prebuild electron-builder electron-forge tauri webpack-cli':
    {
      ...BUILD,
      values: '-o --out-dir --config -c',
      paths: { '-o --output --outfile --out-file': 'write' },
      unless: '-n --dry-run --tasks --analyze-only',
      likely: true,
    },
  'protoc flatc thrift swig bison yacc byacc flex lex antlr4 gperf re2c cython f2py pyuic5 msgfmt xgettext windres':
    {
      ...BUILD,
      paths: { '-o --output': 'write' },
      atLeast: 1,
    },
  'pyinstaller nuitka nuitka3 sphinx-build mkdocs doxygen sphinx-apidoc jekyll hugo asciidoctor': BUILD,
  'pdflatex latex xelatex lualatex latexmk bibtex biber tex dvips dvipdf makeindex context typst': {
    ...BUILD,
    atLeast: 1,
  },
  'gcov lcov genhtml gcovr llvm-profdata kcov': {
    ...BUILD,
    unless: '--list --summary -n --stdout -t',
    likely: true,
  },
};
