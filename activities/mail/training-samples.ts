import type { Notice, NoticeKind } from '../../domain/agreement/notice.ts';

type TrainingDraft = Omit<Notice, 'id' | 'kind' | 'role'> & { role?: string };

/** The kinds of notice that tell of training. */
export type TrainingKind = Extract<
  NoticeKind,
  `training-${string}` | 'exam-reminder' | 'exam-failed' | 'retake-reminder' | 'certificate-issued'
>;

const at = (local: string): number => Date.parse(`${local}:00+08:00`);
const due = (localDate: string) => ({ localDate, dueAtMs: at(`${localDate}T00:00`) + 86_400_000 });

const SESSION = { process: 'training-1f3a9c2e', topics: ['product-knowledge', 'communication'] };
const trainee = { seat: 'trainee', role: 'trainee', addressee: 'reader', clauses: ['S001b-13'] };
const organiser = { seat: 'A', clauses: ['S001b-15'] };
const RESULT = { ...SESSION, on: '2027-03-12', passMark: '85', round: 1, trainee: 'reader' };

/** Every kind of notice of training, with the variants that read differently. */
export const TRAINING_DRAFTS: Record<TrainingKind, Record<string, TrainingDraft>> = {
  'training-invitation': {
    '': { ...trainee, atMs: at('2027-03-01T09:00'), facts: { ...SESSION, ...due('2027-03-10') } },
    moved: { ...trainee, atMs: at('2027-03-01T09:00'), facts: { ...SESSION, ...due('2027-03-17'), status: 'moved' } },
  },
  'training-reminder': {
    '': {
      ...trainee,
      rungs: ['before-1'],
      atMs: at('2027-03-09T09:00'),
      facts: { ...SESSION, ...due('2027-03-10') },
    },
    organiser: {
      ...organiser,
      rungs: ['before-3'],
      atMs: at('2027-03-08T09:00'),
      facts: { ...SESSION, ...due('2027-03-10'), daysLate: 0 },
    },
    overdue: {
      ...organiser,
      rungs: ['overdue-1'],
      atMs: at('2027-03-11T09:00'),
      facts: { ...SESSION, ...due('2027-03-10'), daysLate: 1 },
    },
  },
  'training-cancelled': {
    '': { ...trainee, atMs: at('2027-03-02T09:00'), facts: { ...SESSION, ...due('2027-03-10'), status: 'cancelled' } },
    withdrawn: {
      ...trainee,
      atMs: at('2027-03-02T09:00'),
      facts: { ...SESSION, ...due('2027-03-10'), status: 'withdrawn' },
    },
  },
  'training-feedback-request': {
    '': { ...trainee, atMs: at('2027-03-11T09:00'), facts: { ...SESSION, on: '2027-03-10' } },
  },
  'exam-reminder': {
    '': {
      ...organiser,
      rungs: ['before-3'],
      atMs: at('2027-03-12T09:00'),
      facts: { ...SESSION, ...due('2027-03-17'), count: 12, daysLate: 0 },
    },
    'overdue-copy': {
      ...organiser,
      seat: 'coordinator',
      role: 'copy',
      rungs: ['overdue-1'],
      atMs: at('2027-03-18T09:00'),
      facts: { ...SESSION, ...due('2027-03-17'), count: 1, daysLate: 1, seat: 'A' },
    },
  },
  'retake-reminder': {
    '': {
      ...organiser,
      rungs: ['due'],
      atMs: at('2027-04-12T09:00'),
      facts: { ...SESSION, ...due('2027-04-12'), count: 1, daysLate: 0 },
    },
  },
  'exam-failed': {
    '': {
      ...organiser,
      atMs: at('2027-03-12T17:00'),
      facts: { ...RESULT, value: '84.99', status: 'retraining', ...due('2027-04-12') },
    },
    trainee: {
      ...trainee,
      atMs: at('2027-03-12T17:00'),
      facts: { ...RESULT, value: '80', round: 2, status: 'retraining' },
    },
    final: { ...trainee, atMs: at('2027-03-12T17:00'), facts: { ...RESULT, value: '80' } },
  },
  'certificate-issued': {
    '': {
      ...trainee,
      atMs: at('2027-03-12T17:00'),
      facts: { ...RESULT, value: '85', certificate: '5E0C2A71-1F3A9C2E-001' },
    },
  },
};

/** Topics of the samples, as a template calls them. */
export const sampleTopics = [
  { id: 'product-knowledge', title: { zh: '产品知识', en: 'product knowledge' } },
  { id: 'communication', title: { zh: '沟通技巧', en: 'communication' } },
];
