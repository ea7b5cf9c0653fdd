import type { UseQueryResult } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useFormat } from '../../app/format.ts';
import { SeatTitles } from '../../app/names.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import type { Agreement, Text } from '../../wire.ts';
import { useAgreement } from '../agreement/agreement-queries.ts';

/** What a page is made of: what was asked for so far, and asking again. */
type Asked = Pick<UseQueryResult, 'error' | 'refetch'>;

/** The way back, and a page once all that it is made of is there; until then that it comes, or why it does not. */
export function ProcessFrame({
  to,
  back,
  asked,
  children,
}: {
  to: string;
  back: string;
  asked: Asked[];
  /** Null as long as something is missing. */
  children: ReactNode;
}): ReactNode {
  // A query tells of what was read of it alone: all of them are read, every time.
  const [error] = asked.map((one) => one.error).filter((one) => one !== null);
  const retry = (): void => {
    for (const one of asked) void one.refetch();
  };
  return (
    <div className="page">
      <Link to={to}>{back}</Link>
      {error ? <ProblemAlert error={error} retry={retry} /> : null}
      {children ??
        (error ? null : (
          <div className="panel">
            <Skeleton active paragraph={{ rows: 8 }} />
          </div>
        ))}
    </div>
  );
}

/** The page of one process of an agreement, below the tab that lists them. */
export function ProcessPage<T>({
  agreementId,
  tab,
  back,
  process,
  children,
}: {
  agreementId: string;
  tab: string;
  back: string;
  process: UseQueryResult<T>;
  children: (agreement: Agreement, process: T) => ReactNode;
}): ReactNode {
  const agreement = useAgreement(agreementId);
  // Read whether the agreement is there or not: the query is the page's, which hears only of what was read of it.
  const { data } = process;
  return (
    <ProcessFrame
      to={`/agreements/${encodeURIComponent(agreementId)}?tab=${tab}`}
      back={back}
      asked={[agreement, process]}
    >
      {agreement.data && data ? (
        <SeatTitles value={agreement.data.seatTitles}>{children(agreement.data, data)}</SeatTitles>
      ) : null}
    </ProcessFrame>
  );
}

/** What a process is called, here and in the browser's title, how it stands, and what it belongs to. */
export function ProcessHead({
  title,
  of,
  tags,
}: {
  title: string;
  of: { title: Text } | string;
  tags: ReactNode;
}): ReactNode {
  const format = useFormat();
  usePageTitle(title);
  return (
    <div>
      <div className="heading">
        <h1 className="break">{title}</h1>
        {tags}
      </div>
      <div className="muted">{typeof of === 'string' ? of : format.text(of.title)}</div>
    </div>
  );
}

/** What may be done now, the next thing first. */
export function ActButtons<Act extends string>({
  acts,
  label,
  isGrave,
  open,
}: {
  acts: Act[];
  label: (act: Act) => string;
  isGrave: (act: Act) => boolean;
  open: (act: Act) => void;
}): ReactNode {
  if (acts.length === 0) return null;
  return (
    <div className="actions">
      {acts.map((act, index) => (
        <Button key={act} type={index === 0 ? 'primary' : 'default'} danger={isGrave(act)} onClick={() => open(act)}>
          {label(act)}
        </Button>
      ))}
    </div>
  );
}
