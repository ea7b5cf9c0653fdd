import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ClauseLinks } from '../../app/clause-link.tsx';
import { useFormat } from '../../app/format.ts';
import { amountText } from '../../app/moment.ts';
import { Records } from '../../app/records.tsx';
import { TermValueText } from '../../app/term-value.tsx';
import type { Agreement, Text } from '../../wire.ts';
import { useTemplate } from '../agreement/agreement-queries.ts';
import type { Change, TermChange } from './life.ts';

/** One line of a comparison: what, as it was, as it will be, under which clauses. */
interface Line {
  key: string;
  what: ReactNode;
  before: ReactNode;
  after: ReactNode;
  /** It stays as it was: nothing is struck out. */
  isKept?: boolean;
  clauses: string[];
}

const KINDS = ['dates', 'money', 'others'] as const;
const DATES = ['due', 'next', 'interval', 'grace', 'window', 'rework', 'expiry', 'kept'];
const MONEY = ['amount', 'rate', 'cap'];
const SUMS = ['amount', 'cap'];

function kindOf({ field }: Change): (typeof KINDS)[number] {
  if (DATES.includes(field)) return 'dates';
  return MONEY.includes(field) ? 'money' : 'others';
}

/** What an amendment changes, before beside after: the terms as agreed, the dates and sums that follow, with their clauses. */
export function Differences({
  agreement,
  changes,
  terms,
}: {
  agreement: Agreement;
  changes: Change[];
  terms: TermChange[];
}): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const template = useTemplate(agreement.template).data;
  const obligation = (id: string): string => {
    const found = agreement.duties.find((duty) => duty.id === id);
    return found ? format.text(found.title) : id;
  };
  const value = (name: string, given: unknown): ReactNode =>
    given === null || given === undefined || given === 'not-agreed' ? (
      t('terms.notAgreed')
    ) : (
      <TermValueText term={template?.terms.find((term) => term.name === name)} value={given} obligation={obligation} />
    );
  const side = (text: Text | null, isSum = false): string => {
    if (!text) return t('common.none');
    const words = format.text(text);
    return isSum && /^-?\d+(\.\d+)?$/.test(words) ? amountText(words) : dated(words, format.date);
  };
  // A term stands with its value; that it changes need not be said twice.
  const told = changes.filter(({ of }) => !terms.some(({ name }) => of === `term:${name}`));
  const lineOf = ({ of, field, subject, respect, from, to, clauses }: Change): Line => {
    const isWhole = field === 'added' || field === 'removed';
    return {
      key: `${of} ${field}`,
      what: (
        <>
          {format.text(subject)} <span className="muted">{isWhole ? '' : format.text(respect)}</span>
        </>
      ),
      isKept: field === 'kept',
      before: field === 'removed' ? t('life.isAgreed') : side(from, SUMS.includes(field)),
      after:
        field === 'added'
          ? t('life.isAdded')
          : field === 'removed'
            ? t('life.isRemoved')
            : side(to, SUMS.includes(field)),
      clauses,
    };
  };
  const groups: [string, Line[]][] = [
    [
      t('life.changedTerms'),
      terms.map(({ name, label, before, after, clauses }) => ({
        key: name,
        what: format.text(label),
        before: value(name, before),
        after: value(name, after),
        clauses,
      })),
    ],
    ...KINDS.map((kind): [string, Line[]] => [
      t(`changedKind.${kind}`),
      told.filter((change) => kindOf(change) === kind).map(lineOf),
    ]),
  ];
  return groups
    .filter(([, lines]) => lines.length > 0)
    .map(([label, lines]) => (
      <div key={label} className="difference">
        <h3>{label}</h3>
        <Records<Line>
          label={label}
          rows={lines}
          rowKey={({ key }) => key}
          empty={null}
          columns={[
            { key: 'what', title: t('life.changedWhat'), heading: true, render: ({ what }) => what, width: '34%' },
            {
              key: 'before',
              title: t('life.before'),
              render: ({ before, isKept }) => (isKept ? before : <span className="difference-before">{before}</span>),
            },
            {
              key: 'after',
              title: t('life.after'),
              render: ({ after, isKept }) => (isKept ? after : <span className="difference-after">{after}</span>),
            },
            {
              key: 'clauses',
              title: t('common.clauses'),
              render: ({ clauses }) => <ClauseLinks clauses={clauses} />,
            },
          ]}
        />
      </div>
    ));
}

/** Dates within a text, as people write them. */
function dated(text: string, date: (localDate: string) => string): string {
  return text.replace(/\b\d{4}-\d{2}-\d{2}\b/g, date);
}
