import { useQuery } from '@tanstack/react-query';
import { Skeleton, Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { download, request } from '../../api.ts';
import { useFormat } from '../../app/format.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { Records } from '../../app/records.tsx';
import type { Text } from '../../wire.ts';
import { fileSize } from '../agreement/file-size.ts';
import { DownloadButton } from '../surveys/downloads.tsx';
import { linesOf } from '../surveys/questionnaire.ts';
import type { Survey } from '../surveys/survey.ts';
import { surveyKey, surveyPath } from '../surveys/survey-queries.ts';

interface AnswerFile {
  id: string;
  title: Text;
  fileName: string;
  size: number;
  late: boolean;
  customer: { key: string; name: string } | null;
}

/** Whether the questionnaire of a cycle asks for files. */
export function asksForFiles({ questionnaire }: Survey): boolean {
  return linesOf(questionnaire?.json).some(({ type }) => type === 'file');
}

/** The files that came with the answers of a cycle, for those who read the record. */
export function AnswerFiles({ agreementId, survey }: { agreementId: string; survey: Survey }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const path = `${surveyPath(agreementId, survey.id)}/files`;
  const files = useQuery({
    queryKey: [...surveyKey(agreementId, survey.id), 'files', survey.status],
    queryFn: ({ signal }) => request<{ items: AnswerFile[]; withheld: boolean }>(path, { signal }),
    refetchInterval: survey.status === 'open' ? 20_000 : false,
  });
  if (files.error) return <ProblemAlert error={files.error} retry={() => void files.refetch()} />;
  if (!files.data) return <Skeleton active paragraph={{ rows: 2 }} />;
  const { items, withheld } = files.data;
  return (
    <div className="stack">
      {withheld ? <p className="muted">{t('answerFiles.withheld')}</p> : null}
      {items.length > 0 || !withheld ? (
        <Records
          label={t('answerFiles.title')}
          rows={items}
          rowKey={({ id }) => id}
          empty={t('answerFiles.none')}
          columns={[
            { key: 'question', title: t('answerFiles.question'), render: ({ title }) => format.text(title) },
            {
              key: 'file',
              title: t('answerFiles.file'),
              render: ({ id, fileName, late }) => (
                <>
                  <DownloadButton load={() => download(`${path}/${encodeURIComponent(id)}/content`, fileName)}>
                    {fileName}
                  </DownloadButton>{' '}
                  {late ? <Tag>{t('answerFiles.late')}</Tag> : null}
                </>
              ),
            },
            {
              key: 'size',
              title: t('answerFiles.size'),
              render: ({ size }) => <span className="nowrap">{fileSize(size)}</span>,
            },
            {
              key: 'customer',
              title: t('answerFiles.customer'),
              render: ({ customer }) =>
                customer
                  ? `${customer.name} (${customer.key})`
                  : t(survey.provides.anonymous ? 'answerFiles.anonymous' : 'answerFiles.noCustomer'),
            },
          ]}
        />
      ) : null}
    </div>
  );
}
