import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import type { CommandType } from '../domain/agreement/command.ts';
import { PHASES, type Phase, phaseOf } from '../domain/agreement/phase.ts';
import type { AgreementState, AgreementStatus } from '../domain/agreement/state.ts';
import { TRANSITIONS } from '../domain/agreement/transition.ts';
import { AGREEMENT_STATUS_WORDS, EVENT_WORDS, REJECTION_WORDS } from '../domain/agreement/vocabulary.ts';
import type { Text } from '../domain/time.ts';

const STATUSES: AgreementStatus[] = ['awaiting-signatures', 'active', 'suspended', 'terminated', 'expired', 'closed'];

const PHASE_WORDS: Record<Phase, Text> = {
  before: { zh: '生效前', en: 'before the effect' },
  'in-force': { zh: '有效期内', en: 'in force' },
  after: { zh: '终止或到期后', en: 'after the end' },
  over: { zh: '了结后', en: 'once closed' },
};

/** Mermaid takes no hyphen in a state's name. */
function stateName(status: AgreementState['status']): string {
  return status === 'new' ? '[*]' : status.replaceAll('-', '_');
}

/** The state diagram of an agreement, in Mermaid. */
function diagram(): string {
  const states = STATUSES.map((status) => {
    const { zh, en } = AGREEMENT_STATUS_WORDS[status];
    return `  state "${zh} ${en}" as ${stateName(status)}`;
  });
  const moves = TRANSITIONS.flatMap(({ event, from, to }) =>
    from.map((status) => `  ${stateName(status)} --> ${stateName(to)}: ${event}`),
  );
  return ['```mermaid', 'stateDiagram-v2', ...states, ...moves, '  closed --> [*]', '```'].join('\n');
}

function transitions(): string[] {
  return TRANSITIONS.map(({ event, from, to }) => {
    const { zh, en } = EVENT_WORDS[event];
    return `| \`${event}\` | ${from.map((status) => `\`${status}\``).join(', ')} | \`${to}\` | ${zh} | ${en} |`;
  });
}

function acts(): string[] {
  const phases = Object.keys(PHASE_WORDS) as Phase[];
  const row = (type: CommandType): string =>
    `| \`${type}\` | ${phases.map((phase) => (PHASES[type].includes(phase) ? '✓' : '')).join(' | ')} |`;
  const titles = phases.map((phase) => `${PHASE_WORDS[phase].zh} ${PHASE_WORDS[phase].en}`);
  return [
    `| act | ${titles.join(' | ')} |`,
    `| --- | ${phases.map(() => ':-:').join(' | ')} |`,
    ...(Object.keys(PHASES) as CommandType[]).map(row),
  ];
}

/** `docs/life.md`, made from the code. */
export function lifePage(): string {
  const refusal = (code: 'not-in-force' | 'agreement-ended'): string =>
    `\`${code}\` (${REJECTION_WORDS[code].zh}, ${REJECTION_WORDS[code].en})`;
  const phases = STATUSES.map((status) => `\`${status}\`: ${PHASE_WORDS[phaseOf({ status })].en}`);
  return [
    '# The life of an agreement 协议的全生命周期',
    '',
    'How an agreement goes from its start to its close. Made from `domain/agreement/transition.ts` and',
    '`domain/agreement/phase.ts` by `npx tsx cli/life-page.ts`. Generated tests try every act in every status',
    '(`test/domain/transitions.test.ts`) and live random lives (`test/domain/life-model.test.ts`): nothing else moves it.',
    '',
    '## States 状态图',
    '',
    diagram(),
    '',
    '## What moves it 状态变化',
    '',
    '| event | from | to | 中文 | meaning |',
    '| --- | --- | --- | --- | --- |',
    ...transitions(),
    '',
    'A suspension of some obligations leaves the agreement `active`. After the end the agreement closes once nothing of it',
    'is left to do; what it owes without end, such as secrecy, is named as surviving. Where the contract promises nothing for',
    'the time after its end, it stays `terminated` or `expired`.',
    '',
    'A renewed term carries on, or counts cycles afresh from its first day, as the contract says ([ADR 17](adr/0017-renewal.md)).',
    '',
    '## When each act can be done 何时可办理',
    '',
    `Phases: ${phases.join('; ')}. An act out of its phase is refused: ${refusal('not-in-force')} or`,
    `${refusal('agreement-ended')}. After the end an act can be done only while something is left to do;`,
    'but incidents of a secrecy without end are taken for good, once closed, too (S003-K-21): its process never ends.',
    'What else an act needs says its own rule, and refuses with a code of [the vocabulary](vocabulary.md).',
    '',
    ...acts(),
    '',
  ].join('\n');
}

// Run as a script, it writes the page.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const page = await format(lifePage(), { parser: 'markdown', printWidth: 120, proseWrap: 'preserve' });
  writeFileSync(new URL('../docs/life.md', import.meta.url), page);
}
