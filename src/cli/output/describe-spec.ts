import type { ExtractorSpec, SpecCondition, SpecRule, SpecTexts } from '../../evolve/spec/spec.ts';
import { terminalText } from './terminal-text.ts';

/** What a spec says, in words: where the records are, and a line per rule. */
export function describeSpec(spec: ExtractorSpec): string[] {
  return [
    `  records: ${describeSource(spec)}`,
    ...spec.rules.map((rule) => `  ${terminalText(describeRule(rule))}`),
  ];
}

function describeSource({ source }: ExtractorSpec): string {
  switch (source.unit) {
    case 'jsonl':
      return 'one JSON object per line';
    case 'json':
      return `${source.records} of one JSON document`;
    case 'folder':
      return `files ${source.files} of a folder`;
    case 'text':
      return `a text with ${source.markers.length} kinds of marker lines`;
    default: {
      const never: never = source;
      return never;
    }
  }
}

function describeRule(rule: SpecRule): string {
  if (rule.role === 'ignore') return `ignore where ${describeAll(rule.when)}: ${rule.why}`;
  const where = [...(rule.when ?? []), ...(rule.where ?? [])];
  const reach = `${rule.each === undefined ? '' : ` in ${rule.each}`}${where.length === 0 ? '' : ` where ${describeAll(where)}`}`;
  switch (rule.role) {
    case 'call': {
      const tool = 'is' in rule.tool ? rule.tool.is : rule.tool.path;
      const what = rule.fence
        ? `a block after ${rule.fence.open} in ${rule.fence.path}`
        : (rule.command ?? rule.args ?? '');
      return `call: ${tool} ${what}${reach}`;
    }
    case 'result':
      return `result: ${describeTexts(rule.text)}${rule.id === undefined ? ' by position' : ` by id ${rule.id}`}${reach}`;
    case 'thought':
      return `thought: ${describeTexts(rule.text)}${reach}`;
    case 'message':
      return `message of the ${rule.from}: ${describeTexts(rule.text)}${reach}`;
    default: {
      const never: never = rule;
      return never;
    }
  }
}

function describeTexts(texts: SpecTexts): string {
  return texts.map((text) => (typeof text === 'string' ? text : text.join(' + '))).join(' or ');
}

function describeAll(conditions: readonly SpecCondition[]): string {
  return conditions.map(describeCondition).join(' and ');
}

function describeCondition(condition: SpecCondition): string {
  const { path } = condition;
  const list = (values: readonly unknown[]): string => values.map(String).join('|');
  const parts = [
    condition.in && `${path}=${list(condition.in)}`,
    condition.notIn && `${path}≠${list(condition.notIn)}`,
    condition.exists !== undefined && `${condition.exists ? 'has' : 'lacks'} ${path}`,
    condition.startsWith !== undefined && `${path} begins with ${JSON.stringify(condition.startsWith)}`,
  ];
  return parts.filter((part) => typeof part === 'string').join(' and ');
}
