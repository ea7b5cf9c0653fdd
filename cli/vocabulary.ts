import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import {
  AGREEMENT_STATUS_WORDS,
  EVENT_WORDS,
  LEDGER_WORDS,
  NOTICE_WORDS,
  OBLIGATION_KIND_WORDS,
  OBLIGATION_STATUS_WORDS,
  REJECTION_WORDS,
  RUNG_WORDS,
} from '../domain/agreement/vocabulary.ts';
import {
  AGREEMENT_SECTION_WORDS,
  APPLICATION_FIELD_WORDS,
  CAP_CHANGE_STATUS_WORDS,
  ENGAGEMENT_EVENT_WORDS,
  ENGAGEMENT_KIND_WORDS,
  ENGAGEMENT_STATUS_WORDS,
  LOSS_CATEGORY_WORDS,
  LOSS_STATUS_WORDS,
  MILESTONE_STATUS_WORDS,
} from '../domain/engagement/vocabulary.ts';
import { GOAL_MEASURE_WORDS, GOAL_VERDICT_WORDS, NO_VERDICT_WORDS } from '../domain/goal/vocabulary.ts';
import { ANSWER_REFUSAL_WORDS, SURVEY_EVENT_WORDS, SURVEY_STATUS_WORDS } from '../domain/survey/vocabulary.ts';
import {
  FINDING_PRIORITY_WORDS,
  FINDING_SOURCE_WORDS,
  IMPROVEMENT_EVENT_WORDS,
  IMPROVEMENT_STATUS_WORDS,
} from '../domain/improvement/vocabulary.ts';
import {
  CONSEQUENCE_WORDS,
  EVALUATION_EVENT_WORDS,
  EVALUATION_STATUS_WORDS,
  EVALUATION_SUBJECT_WORDS,
  EVALUATION_TEST_WORDS,
  INDICATOR_SOURCE_WORDS,
  SUBJECT_STAGE_WORDS,
} from '../domain/evaluation/vocabulary.ts';
import {
  LOWERED_WORDS,
  RISK_EVENT_WORDS,
  RISK_INDICATOR_WORDS,
  RISK_LEVEL_WORDS,
  RISK_OPERATOR_WORDS,
  RISK_STATUS_WORDS,
} from '../domain/risk/vocabulary.ts';
import {
  BREACH_MEANING_WORDS,
  CASE_CHANNEL_WORDS,
  CASE_CLOCK_WORDS,
  CASE_EVENT_WORDS,
  CASE_OUTCOME_WORDS,
  CASE_PRIORITY_WORDS,
  CASE_SEVERITY_WORDS,
  CASE_STATUS_WORDS,
  CASE_TYPE_WORDS,
  PAUSE_REASON_WORDS,
} from '../domain/case/vocabulary.ts';
import type { Text } from '../domain/time.ts';
import { TRAINING_EVENT_WORDS, TRAINING_STATUS_WORDS } from '../domain/training/vocabulary.ts';
import { VISIT_EVENT_WORDS, VISIT_KIND_WORDS, VISIT_STATUS_WORDS } from '../domain/visit/vocabulary.ts';

/** `docs/vocabulary.md`, made from the code. */
export function vocabularyPage(): string {
  const table = (title: string, words: Record<string, Text>) =>
    [
      `## ${title}`,
      '',
      '| word | 中文 | meaning |',
      '| --- | --- | --- |',
      ...Object.entries(words).map(([word, { zh, en }]) => `| \`${word}\` | ${zh} | ${en} |`),
      '',
    ].join('\n');
  return [
    '# Vocabulary 词汇表',
    '',
    'Every word that goes over the wire: in events, notices, the ledger, the API and `abide simulate`. Made from',
    '`domain/*/vocabulary.ts` by `npx tsx cli/vocabulary.ts`; later versions add words and rename none.',
    '',
    table('Events 事件', EVENT_WORDS),
    table('Status of an agreement 协议状态', AGREEMENT_STATUS_WORDS),
    table('Kinds of an obligation 义务类别', OBLIGATION_KIND_WORDS),
    table('Status of an obligation 义务状态', OBLIGATION_STATUS_WORDS),
    table('Events of a survey’s cycle 调查事件', SURVEY_EVENT_WORDS),
    table('Status of a survey’s cycle 调查状态', SURVEY_STATUS_WORDS),
    table('Notices 通知', NOTICE_WORDS),
    table('Rungs of a reminder ladder 提醒档次', RUNG_WORDS),
    table('Kinds of a ledger line 台账种类', LEDGER_WORDS),
    table('Rejections 拒绝代码', REJECTION_WORDS),
    table('Refused answers, and acts about nothing known 答卷及所指对象不明的拒绝代码', ANSWER_REFUSAL_WORDS),
    table('Events of an improvement 改进事件', IMPROVEMENT_EVENT_WORDS),
    table('Status of an improvement 改进状态', IMPROVEMENT_STATUS_WORDS),
    table('Priority of a finding 问题优先级', FINDING_PRIORITY_WORDS),
    table('Source of a finding 问题来源', FINDING_SOURCE_WORDS),
    table('What goals are measured by 目标指标', GOAL_MEASURE_WORDS),
    table('Verdict on a goal 目标判定结果', GOAL_VERDICT_WORDS),
    table(
      'Why a goal has no verdict 不作判定的原因',
      Object.fromEntries(Object.entries(NO_VERDICT_WORDS).map(([why, { says }]) => [why, says])),
    ),
    table('Events of a visit or call-back 走访、回访事件', VISIT_EVENT_WORDS),
    table('Status of a visit or call-back 走访、回访状态', VISIT_STATUS_WORDS),
    table('Kinds of visit 走访类别', VISIT_KIND_WORDS),
    table('Events of a training 培训事件', TRAINING_EVENT_WORDS),
    table('Status of a training 培训状态', TRAINING_STATUS_WORDS),
    table('Events of an engagement 第三方介入事件', ENGAGEMENT_EVENT_WORDS),
    table('Status of an engagement 第三方介入状态', ENGAGEMENT_STATUS_WORDS),
    table('Kinds of engagement 第三方介入类别', ENGAGEMENT_KIND_WORDS),
    table('What an application says 申请内容', APPLICATION_FIELD_WORDS),
    table('Sections of an engagement’s agreement 介入协议条款', AGREEMENT_SECTION_WORDS),
    table('Status of a milestone 交付节点状态', MILESTONE_STATUS_WORDS),
    table('Status of a change of the cap 限额变更状态', CAP_CHANGE_STATUS_WORDS),
    table('Categories of a loss 损失类别', LOSS_CATEGORY_WORDS),
    table('Status of a loss 损失状态', LOSS_STATUS_WORDS),
    table('Events of an evaluation 考核评价事件', EVALUATION_EVENT_WORDS),
    table('Status of an evaluation 考核评价状态', EVALUATION_STATUS_WORDS),
    table('Steps of those evaluated 考核步骤', SUBJECT_STAGE_WORDS),
    table('Who is evaluated 考核对象类别', EVALUATION_SUBJECT_WORDS),
    table('Sources of indicators 指标数据来源', INDICATOR_SOURCE_WORDS),
    table('Tests beside a total 总分以外的条件', EVALUATION_TEST_WORDS),
    table('What may follow from an evaluation 考核结果应用', CONSEQUENCE_WORDS),
    table('Events of a case 工单事件', CASE_EVENT_WORDS),
    table('Status of a case 工单状态', CASE_STATUS_WORDS),
    table('Types of case 工单类型', CASE_TYPE_WORDS),
    table('Channels of a case 工单渠道', CASE_CHANNEL_WORDS),
    table('Severity of a case 工单严重程度', CASE_SEVERITY_WORDS),
    table('Priority of a case 工单优先级', CASE_PRIORITY_WORDS),
    table('Clocks of a case 工单时限', CASE_CLOCK_WORDS),
    table('What it means that a clock ran out 逾期后果', BREACH_MEANING_WORDS),
    table('Why clocks stand still 暂停理由', PAUSE_REASON_WORDS),
    table('How a case was closed 工单办结结果', CASE_OUTCOME_WORDS),
    table('Events of a risk 风险事件', RISK_EVENT_WORDS),
    table('Status of a risk 风险状态', RISK_STATUS_WORDS),
    table('Levels of a risk 风险等级', RISK_LEVEL_WORDS),
    table('What is watched of a risk 风险预警指标', RISK_INDICATOR_WORDS),
    table('How a threshold compares 阈值比较', RISK_OPERATOR_WORDS),
    table('What a measure lowers 措施降低什么', LOWERED_WORDS),
  ].join('\n');
}

// Run as a script, it writes the page.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const page = await format(vocabularyPage(), { parser: 'markdown', printWidth: 120, proseWrap: 'preserve' });
  writeFileSync(new URL('../docs/vocabulary.md', import.meta.url), page);
}
