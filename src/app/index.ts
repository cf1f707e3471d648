/** The library: everything the command line does, as functions. Each export has an example in docs/library.md. */
export { CodetracerError, type ErrorCode } from '../base/error.ts';
export type {
  CaseLabels,
  CaseTraits,
  LabelledStage,
  Prediction,
  RankedStep,
  Reading,
  Subject,
} from '../bench/bench-case.ts';
export { type CompareReport, compareReportSchema } from '../bench/compare-report.ts';
export { compareSystems } from '../bench/compare-systems.ts';
export type { Entrant } from '../bench/entrant.ts';
export type { ScoreOptions } from '../bench/score-options.ts';
export { type ScoreReport, scoreReportSchema } from '../bench/score-report.ts';
export { scoreSystems } from '../bench/score-systems.ts';
export type { Answer, System, SystemInput, SystemKind } from '../bench/system.ts';
export { analyzeCommand, type CommandCall, type CommandEffects } from '../effects/analyze-command.ts';
export type * from '../evolve/conformance/conformance.ts';
export type { SpecProposer, SpecRequest, SpecSample } from '../evolve/port.ts';
export { exportRun } from '../exchange/export-run.ts';
export { EXCHANGE_TARGETS, type ExchangeTarget, type Exported, type Loss } from '../exchange/exported.ts';
export type * from '../model/diagnosis.ts';
export type { Diagnostic } from '../model/diagnostic.ts';
export type * from '../model/effect.ts';
export type { RunId, StepId } from '../model/ids.ts';
export type { Run } from '../model/run.ts';
export type { SourceRef } from '../model/source-ref.ts';
export type { Stage, StageKind } from '../model/stage.ts';
export type { FileVersion, StateHistory, StateView, StepRecord } from '../model/state.ts';
export type { Step } from '../model/step.ts';
export type { StateNode, TraceTree } from '../model/tree.ts';
export type { Analysis } from '../query/analysis.ts';
export {
  type ConformanceSummary,
  type ConformDocument,
  conformDocumentSchema,
} from '../query/conformance-schemas.ts';
export { type ConvertDocument, convertDocumentSchema } from '../query/conversion-schemas.ts';
export { type DiffOptions, diffRuns, type RunDiff } from '../query/diff-runs.ts';
export { type DiffDocument, diffDocumentSchema } from '../query/diff-schemas.ts';
export {
  type DiscoverDocument,
  type DiscoveredArtifact,
  discoverDocumentSchema,
} from '../query/discovery-schemas.ts';
export {
  type CommandAnswer,
  type CommandError,
  type EffectsDocument,
  effectsDocumentSchema,
} from '../query/effects-schemas.ts';
export { answerFiles, type FilesQuestion } from '../query/files/answer-files.ts';
export { type FilesDocument, filesDocumentSchema } from '../query/files/files-schemas.ts';
export { findStep, findSteps } from '../query/find-step.ts';
export { answerPatch, type PatchQuestion } from '../query/patch/answer-patch.ts';
export { type PatchDocument, patchDocumentSchema } from '../query/patch/patch-schemas.ts';
export { reportRun } from '../query/report-run.ts';
export {
  type AnalyzeDocument,
  analyzeDocumentSchema,
  type RunReport,
  runReportSchema,
} from '../query/schemas.ts';
export { type StateReport, showState } from '../query/show-state.ts';
export { stateDocumentSchema } from '../query/state-schemas.ts';
export { documentTree, type TreeReport } from '../query/tree/document-tree.ts';
export type { TreeSelection } from '../query/tree/select-tree.ts';
export { type TreeDocument, treeDocumentSchema } from '../query/tree/tree-schemas.ts';
export { answerWhy, type WhyOptions } from '../query/why/answer-why.ts';
export type { WhyAnswer, WhyLink, WhyQuote } from '../query/why/why-answer.ts';
export { type WhyDocument, whyDocumentSchema } from '../query/why-schemas.ts';
export { renderTree, renderTreeText } from '../report/tree/render-tree.ts';
export type { ExtractorEntry } from '../store/extractor-entry.ts';
export {
  type ExtractorRegistry,
  findEntry,
  type LearntExtractor,
  listExtractors,
  openRegistry,
  promoteVersion,
} from '../store/extractor-registry.ts';
export { type AnalyzeOptions, analyze } from './analyze.ts';
export { analyzeCommands } from './analyze-commands.ts';
export { type AnalyzeManyOptions, analyzeMany, type BatchItem, type BatchState } from './analyze-many.ts';
export type { BenchReportDocument } from './bench/bench-documents.ts';
export { type BenchManifest, benchManifestSchema } from './bench/bench-manifest.ts';
export { benchSystems } from './bench/bench-systems.ts';
export type { CaseSource, Dataset, DatasetOptions, OpenedCase, Refusal } from './bench/dataset.ts';
export { type GatherOptions, gatherEntrants, type Measured } from './bench/gather-entrants.ts';
export { loadDataset } from './bench/load-dataset.ts';
export type { ExternalSource } from './bench/read-external.ts';
export { type RunFolder, readRunFolder } from './bench/read-run-folder.ts';
export { type BenchRunOptions, runBenchmark } from './bench/run-benchmark.ts';
export { writeBenchReport } from './bench/write-bench-report.ts';
export { type ConformItem, type ConformOptions, conformRun, conformRuns } from './conform.ts';
export { type Converted, type ConvertOptions, convertRun } from './convert-run.ts';
export { type DiscoveredItem, discoverRuns } from './discover-runs.ts';
export { type LearnOptions, type LearnResult, learnExtractor } from './learn-extractor.ts';
export { analyzeRun, openRuns } from './library.ts';
export { type LoadOptions, loadAnalysis } from './load-analysis.ts';
export { type ReadItem, type ReadOptions, readRuns } from './read-runs.ts';
export { reportArtifact, summarizeConformance } from './report-conformance.ts';
export { type ExtractorTest, testExtractor } from './test-extractor.ts';
export { VERSION } from './version.ts';
export { type WriteOptions, writeRun } from './write-run.ts';
