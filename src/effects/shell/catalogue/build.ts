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
    '-E -fsyntax-only -dumpversion -dumpmachine -print-search-dirs -print-file-name --print-search-dirs -v -dM -M -MM -###',
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
  ctest: TEST,
  meson: { subs: { test: TEST, 'introspect help': {} }, otherwise: BUILD },
  'bazel bazelisk buck buck2 pants please': {
    subs: { 'build run sync fetch coverage clean mod': BUILD, test: TEST },
  },
  'scons waf gyp rake ant invoke just task doit nox tox': {
    ...BUILD,
    unless: '-l --list -n --dry-run -T -P --summary',
  },
  'autoconf automake autoreconf aclocal autoheader libtoolize libtool autogen.sh bootstrap.sh': BUILD,
  'configure config.status Configure bootstrap': BUILD,
  qmake: BUILD,
  'mvn mvnw gradle gradlew sbt lein mill': {
    subs: {
      'test check verify -Dtest surefire:test': TEST,
      'dependency:tree tasks projects dependencies help help:effective-pom properties -v': {},
    },
    otherwise: BUILD,
  },
  cargo: {
    values: '--manifest-path -p --package -Z --color --config -C --features',
    subs: {
      'test nextest t': TEST,
      'build b install uninstall add remove rm update fetch new init clean fmt fix publish vendor generate-lockfile doc run r bench rustc package yank clippy':
        {
          ...BUILD,
          unless: '--check --dry-run',
        },
      'check c': { ...BUILD, likely: true },
      'tree metadata search version locate-project pkgid verify-project expand info help read-manifest --list':
        {},
    },
  },
  rustc: {
    ...C_COMPILER,
    unless: '--print -vV -V',
    values: '-C -L -l --edition --crate-type --emit --target -A -W -D --cfg --crate-name',
  },
  go: {
    subs: {
      test: TEST,
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
  gofmt: { operands: 'read', paths: {}, acts: [{ kind: 'write', path: '.' }], only: '-w' },
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
  'ghc ocamlc ocamlopt ocamlfind dune coqc fpc gnatmake dmd ldc2 crystal nim zig v valac mcs csc vbc swiftc erlc elixirc':
    {
      ...BUILD,
      dash: 'words',
      values: '-I -R -Q -package',
      paths: { '-o': 'write' },
      atLeast: 1,
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
  'iex erl ghci coqtop scala jshell irb pry': {},
  'tsc vite webpack rollup esbuild parcel babel swc tsup tsdown rolldown turbo nx gulp grunt lerna ng next nuxt gatsby astro':
    {
      ...BUILD,
      unless: '--noEmit --no-emit -n --dry-run --showConfig --listFiles',
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
  'terraform tofu pulumi ansible-playbook ansible helm kustomize vagrant packer': {
    subs: {
      'plan show validate output list template status version get console providers graph search lint': {},
    },
    otherwise: { acts: [{ kind: 'service' }] },
  },
};
