import { firstLine, shortenMiddle, stripAnsi } from '../../base/text.ts';
import { type StepId, stepNumber } from '../../model/ids.ts';
import type { Step } from '../../model/step.ts';
import type { Analysis } from '../../query/analysis.ts';
import type { RunReport } from '../../query/schemas.ts';
import { Redactor } from '../redact.ts';
import { escapeHtml } from './escape-html.ts';
import { STYLE } from './style.ts';

/** Steps shown with their texts; of a longer run those that the diagnosis speaks of. */
const SHOWN_STEPS = 2000;
const SHOWN_TEXT = 20_000;

/** One page with the diagnosis and the steps, without scripts and without anything loaded. Secrets are taken out. */
export function* renderHtml(analysis: Analysis, report: RunReport): Generator<string> {
  const redactor = new Redactor();
  const safe = (text: string): string => escapeHtml(redactor.redact(text));
  yield `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">`;
  yield `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`;
  yield `<title>${safe(report.task ?? report.id)} · CodeTracer</title><style>${STYLE}</style></head><body><main>`;
  yield renderHead(report, safe);
  yield renderDiagnosis(report, safe);
  yield* renderSteps(analysis, safe);
  const taken = redactor.summary();
  const note =
    taken.length === 0 ? 'No secrets were found.' : `Secrets taken out of this page: ${taken.join(', ')}.`;
  yield `<footer class="meta"><p>${escapeHtml(note)} Made by CodeTracer from the artifacts of the run.</p></footer></main></body></html>\n`;
}

type Safe = (text: string) => string;

function renderHead(report: RunReport, safe: Safe): string {
  const facts = [
    report.agent,
    report.model,
    `${report.steps} steps`,
    `outcome ${report.outcome}`,
    report.usage.tokens === undefined ? null : `${report.usage.tokens} tokens`,
    report.usage.cost === undefined ? null : `$${report.usage.cost.toFixed(2)}`,
  ].filter((fact) => fact !== null);
  const { verdict } = report;
  return `<header><h1>${safe(report.task ?? report.id)}</h1><p class="meta">${safe(facts.join(' · '))}</p>
<p><span class="verdict ${verdict.kind}">${verdict.kind}</span> <span class="meta">${verdict.band} confidence (${verdict.confidence}): ${safe(verdict.why)}</span></p></header>`;
}

function renderDiagnosis(report: RunReport, safe: Safe): string {
  const parts: string[] = [];
  if (report.onset !== null) {
    parts.push(
      `<h2>Onset: ${link(report.onset)} <span class="meta">${safe(report.cause)}</span></h2><p>${safe(report.why)}</p>`,
    );
    parts.push(`<p><strong>Better:</strong> ${safe(report.better)}</p>`);
  }
  if (report.chainDetail.length > 0) {
    const items = report.chainDetail.map(({ step, how, evidence }) => {
      const quote = evidence[0]?.quote;
      return `<li>${link(step)}: ${safe(how)}${quote === undefined ? '' : `<blockquote>${safe(quote)}</blockquote>`}</li>`;
    });
    parts.push(`<h2>Error chain</h2><ol>${items.join('')}</ol>`);
  }
  if (report.evidence.length > 0) {
    const items = report.evidence.map(
      ({ step, quote, artifact }) =>
        `<p class="meta">${step === null ? '' : link(step)} ${safe(artifact)}</p><blockquote>${safe(quote)}</blockquote>`,
    );
    parts.push(`<h2>Evidence</h2>${items.join('')}`);
  }
  if (report.alternatives.length > 0) {
    const rows = report.alternatives.map(
      ({ step, score, signals }) =>
        `<tr><td>${link(step)}</td><td>${score}</td><td>${safe(signals.map((signal) => signal.name).join(', '))}</td></tr>`,
    );
    parts.push(
      `<h2>Candidates</h2><table><thead><tr><th>Step</th><th>Share</th><th>Signals</th></tr></thead><tbody>${rows.join('')}</tbody></table>`,
    );
  }
  if (report.failingChecks.length > 0) {
    const items = report.failingChecks.map(
      ({ test, message }) =>
        `<li>${safe(test)}${message === undefined ? '' : `<pre>${safe(shortenMiddle(message, 4000))}</pre>`}</li>`,
    );
    parts.push(`<h2>Failing checks</h2><ul>${items.join('')}</ul>`);
  }
  return parts.join('\n');
}

function link(step: number | string): string {
  return `<a href="#step-${step}">step ${step}</a>`;
}

function* renderSteps({ history, diagnosis }: Analysis, safe: Safe): Generator<string> {
  const spoken = new Set<StepId>([
    ...(diagnosis.onset === undefined ? [] : [diagnosis.onset]),
    ...diagnosis.incorrect,
    ...diagnosis.chain.map((link) => link.step),
    ...diagnosis.alternatives.map((candidate) => candidate.step),
  ]);
  const tags = new Map<StepId, string>();
  for (const id of diagnosis.unuseful) tags.set(id, 'unuseful');
  for (const id of diagnosis.incorrect) tags.set(id, 'incorrect');
  if (diagnosis.onset !== undefined) tags.set(diagnosis.onset, 'onset');
  yield '<h2>Steps</h2>';
  if (history.records.length > SHOWN_STEPS)
    yield `<p class="meta">The run has ${history.records.length} steps; shown are the first ${SHOWN_STEPS} and those that the diagnosis speaks of.</p>`;
  let shown = 0;
  for (const { step } of history.records) {
    if (shown++ >= SHOWN_STEPS && !spoken.has(step.id)) continue;
    yield renderStep(step, tags.get(step.id), safe);
  }
}

function renderStep(step: Step, tag: string | undefined, safe: Safe): string {
  const field = (label: string, text: string | undefined): string =>
    text === undefined || text === ''
      ? ''
      : `<p class="label">${label}</p><pre>${safe(shortenMiddle(stripAnsi(text), SHOWN_TEXT))}</pre>`;
  const mark = tag === undefined ? '' : `<span class="tag ${tag}">${tag}</span>`;
  return `<details id="step-${stepNumber(step.id)}"${tag === 'onset' ? ' open' : ''}><summary><span class="num">${step.id}</span> <code>${safe(firstLine(step.action, 110))}</code>${mark}</summary>${field('Thought', step.thought)}${field('Action', step.action)}${field('Observation', step.observation)}</details>\n`;
}
