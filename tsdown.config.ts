import { defineConfig } from 'tsdown';

export default defineConfig({
  entry: { index: 'src/app/index.ts', cli: 'src/cli/main.ts', 'analyze-worker': 'src/app/analyze-worker.ts' },
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  dts: { entry: 'src/app/index.ts' },
  outDir: 'dist',
  clean: true,
  fixedExtension: false,
  // Bundled: resolving them file by file is half of what `--help` costs.
  deps: { alwaysBundle: ['commander', 'picocolors'] },
});
