import type { Text } from '../domain/time.ts';
import {
  dueText,
  openTermsOf,
  penaltyText,
  reminderText,
  reviewText,
  rhythmText,
  whenText,
  whoText,
} from './contents-words.ts';
import { type TemplateDescription, describeTemplate } from './description.ts';
import { listTemplates } from './library.ts';
import { ruleTerms } from './rule-schema.ts';
import type { Template } from './schema.ts';

/** A duty as people read it before anything is agreed. */
interface ObligationContents {
  id: string;
  kind: string;
  title: Text;
  summary: Text | null;
  clauses: string[];
  who: Text;
  due: Text;
  rhythm: Text | null;
  when: Text | null;
  review: Text | null;
  reminders: Text | null;
  /** Who else is told, and from which rung on. */
  escalation: { rung: string; to: Text }[];
  checklist: { id: string; title: Text; clauses: string[]; mayOmit: boolean }[];
  penalty: string | null;
  /** What has to be agreed before it runs. */
  open: { name: string; label: Text }[];
}

/** All that a kind of agreement consists of, dates and money in words. */
export interface TemplateContents extends Omit<TemplateDescription, 'obligations'> {
  versions: number[];
  /** The template is one of the user's own, not one of ours. */
  obligations: ObligationContents[];
  penalties: { id: string; title: Text; clauses: string[]; says: Text }[];
  rules: { id: string; kind: string; title: Text; clauses: string[]; terms: string[]; obligation: string | null }[];
  notices: { days: string; from: string; to: string };
  wording: { notice: string; obligation: string | null; text: Text }[];
  events: { id: string; clauses: string[] }[];
}

export function templateContents(template: Template): TemplateContents {
  const described = describeTemplate(template);
  const { start, signing, inForce, termination, expiry } = template.clauses;
  return {
    ...described,
    versions: listTemplates()
      .filter(({ id }) => id === template.id)
      .map(({ version }) => version),
    obligations: template.obligations.map((one): ObligationContents => ({
      id: one.id,
      kind: one.kind,
      title: one.title,
      summary: one.summary ?? null,
      clauses: one.clauses,
      who: whoText(template, one.responsible),
      due: dueText(template, one),
      rhythm: rhythmText(template, one),
      when: whenText(template, one),
      review: one.review ? reviewText(template, one.review) : null,
      reminders: reminderText(template, one),
      escalation: one.escalation.map(({ rung, to }) => ({ rung, to: whoText(template, to) })),
      checklist: one.checklist,
      penalty: one.penalty ?? null,
      open: openTermsOf(template, one),
    })),
    penalties: template.penalties.map((one) => ({
      id: one.id,
      title: one.title,
      clauses: one.clauses,
      says: penaltyText(template, one),
    })),
    rules: template.rules.map((rule) => ({
      id: rule.id,
      kind: rule.kind,
      title: rule.title,
      clauses: rule.clauses,
      terms: [...new Set(ruleTerms(rule).map(({ name }) => name))],
      obligation: 'obligation' in rule ? (rule.obligation ?? null) : null,
    })),
    notices: template.noticeHours,
    wording: template.wording.map(({ notice, obligation, text }) => ({ notice, obligation: obligation ?? null, text })),
    events: Object.entries({ start, signing, 'in-force': inForce, termination, expiry }).map(([id, clauses]) => ({
      id,
      clauses,
    })),
  };
}
