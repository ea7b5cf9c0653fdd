import type { Zone } from '../../domain/time.ts';

export type ReportLanguage = 'zh' | 'en';

/**
 * A number of a report, as an exact decimal string, and what it counts: `share` is a fraction and shown in percent, `score`
 * is on the questionnaire's scale, `nps` runs from −100 to 100.
 */
export interface Figure {
  value: string;
  unit: 'count' | 'score' | 'share' | 'nps';
}

/** A confidence interval, in the unit of its figure. */
export interface Interval {
  low: string;
  high: string;
  unit: Figure['unit'];
}

/** A word, a figure, an interval; null where there is nothing to say. */
export type Cell = string | Figure | Interval | null;

export interface Column {
  label: string;
  kind: 'text' | 'figure' | 'interval';
}

export interface Table {
  kind: 'table';
  /** What it shows, for screen readers and as the name of a sheet. */
  caption: string;
  columns: Column[];
  rows: Cell[][];
}

/** Horizontal bars, each with its interval, on one scale. */
export interface Bars {
  kind: 'bars';
  caption: string;
  unit: Figure['unit'];
  scale: { min: number; max: number };
  bars: { label: string; value: string; low?: string; high?: string }[];
  /** Drawn across: what is agreed to be reached. */
  target?: { label: string; value: string };
}

/** One value a period, oldest first; null where there is none. */
export interface Trend {
  kind: 'trend';
  caption: string;
  unit: Figure['unit'];
  scale: { min: number; max: number };
  points: { label: string; value: string | null }[];
}

export type Block =
  | { kind: 'text'; paragraphs: string[] }
  | { kind: 'facts'; rows: [label: string, cell: Cell][] }
  | Table
  | Bars
  | Trend
  /** Room to write by hand. */
  | { kind: 'blank'; lines: number };

export interface Section {
  title: string;
  blocks: Block[];
}

/** A report in one language, before it is a page, a PDF or a workbook: all three are made from it alone. */
export interface ReportDocument {
  language: ReportLanguage;
  title: string;
  subtitle: string;
  /** Agreement and parties, and which report it is. */
  facts: [label: string, cell: Cell][];
  /** What it says first, in one sentence. */
  summary: string[];
  sections: Section[];
  /** At the foot of each page. */
  footer: string;
  pageOf: (page: number, pages: number) => string;
  /** When the report was made: the same input gives the same bytes. */
  madeAtMs: number;
  zone: Zone;
}
