import { Progress } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../../app/format.ts';
import type { Text } from '../../wire.ts';
import { type ImprovementSummary, OVER, type Status, improvementPage } from './improvement.ts';
import { ImprovementTags } from './status-tag.tsx';
import { useFindingName } from './words.ts';
import './stages.css';

/** Columns of a board, in the order in which a finding goes through them: what has to be done moves it on, nobody drags it. */
export const STAGES = ['raised', 'classified', 'planned', 'approved', 'implemented', 'effective', 'over'] as const;
export type Stage = (typeof STAGES)[number];

export interface StagedFinding extends ImprovementSummary {
  /** Of a board over several agreements. */
  agreement?: { id: string; title: Text; zone: string; parties: string[] };
}

export interface Column {
  stage: Stage;
  count: number;
  overdue: number;
  items: StagedFinding[];
}

export function stageOf(status: Status): Stage {
  if (OVER.includes(status)) return 'over';
  return status === 'starting' ? 'raised' : (STAGES.find((stage) => stage === status) ?? 'over');
}

/** The findings of one agreement in columns. */
export function columnsOf(items: readonly ImprovementSummary[]): Column[] {
  return STAGES.map((stage) => {
    const own = items.filter(({ status }) => stageOf(status) === stage);
    return { stage, count: own.length, overdue: own.filter(({ overdue }) => overdue).length, items: own };
  });
}

/** Findings by stage, each with its owner, its next date and how far its measures are. */
export function StageColumns({
  columns,
  agreementId,
  more,
}: {
  columns: Column[];
  /** Of a board of one agreement; else each finding says its own. */
  agreementId?: string;
  /** What stands below a column that has more than it shows. */
  more?: (stage: Stage) => ReactNode;
}): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="stages" tabIndex={0} role="group" aria-label={t('stages.board')}>
      {columns.map(({ stage, count, overdue, items }) => (
        <section
          key={stage}
          className="stage"
          aria-label={t('stages.column', { stage: t(`findingStage.${stage}`), count })}
        >
          <h2>
            {t(`findingStage.${stage}`)} <span className="muted">{count}</span>
            {overdue > 0 ? <span className="late small"> {t('stages.late', { count: overdue })}</span> : null}
          </h2>
          {items.length === 0 ? <p className="muted small none-yet">{t('stages.empty')}</p> : null}
          <ul>
            {items.map((finding) => (
              <li key={finding.id}>
                <FindingCard finding={finding} agreementId={finding.agreement?.id ?? agreementId ?? ''} />
              </li>
            ))}
          </ul>
          {more?.(stage)}
        </section>
      ))}
    </div>
  );
}

function FindingCard({ finding, agreementId }: { finding: StagedFinding; agreementId: string }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const name = useFindingName();
  const { department, next, overdue, measures, agreement } = finding;
  return (
    <article className={`finding-card${overdue ? ' is-late' : ''}`}>
      <Link to={improvementPage(agreementId, finding.id)}>{name(finding)}</Link>
      {agreement ? (
        <div className="muted small">
          {format.text(agreement.title)}
          {agreement.parties.length > 0 ? ` · ${agreement.parties.join(t('common.listSeparator'))}` : ''}
        </div>
      ) : null}
      <ImprovementTags {...finding} />
      <div className="small">
        {department ? t('stages.owner', { who: format.text(department.title) }) : t('stages.noOwner')}
      </div>
      {next ? (
        <div className={overdue ? 'late small' : 'small'}>
          {t('improvements.nextDue', {
            what: t(`improvementDue.${next.what}`),
            by: format.due(next.dueAt, next.localDate),
          })}
        </div>
      ) : null}
      {measures.total > 0 ? (
        <div className="small">
          {t('improvements.measures')} {t('improvements.doneOf', { done: measures.done, total: measures.total })}
          <Progress
            percent={(measures.done / measures.total) * 100}
            showInfo={false}
            size="small"
            aria-label={t('improvements.measures')}
          />
        </div>
      ) : null}
    </article>
  );
}
