import { Button, Form, Input, Modal, Radio } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActAnswer, Agreement, Obligation } from '../../wire.ts';
import { useRoleName } from '../../app/names.ts';
import { useTitled } from '../../app/occurrence.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { useAct } from './act.ts';
import { ownSeat } from './acting.ts';

type Verdict = 'accept' | 'reject';

/** A reviewer's own answer: accept, or reject with numbered points. */
export function ReviewDialog({
  agreement,
  obligation,
  close,
  done,
}: {
  agreement: Agreement;
  obligation: Obligation;
  close: () => void;
  done: (answer: ActAnswer, what: string) => void;
}): ReactNode {
  const { t } = useTranslation();
  const titled = useTitled();
  const role = useRoleName();
  const reviewers = (obligation.review?.waitingFor ?? []).filter(
    (seat) => ownSeat(agreement, seat, obligation.id) !== undefined,
  );
  const [reviewer, setReviewer] = useState(reviewers[0] ?? '');
  const [verdict, setVerdict] = useState<Verdict>('accept');
  const [points, setPoints] = useState(['']);
  const [checked, setChecked] = useState(false);
  const act = useAct(agreement.id, (answer) => {
    done(answer, t('act.review'));
    close();
  });
  const written = points.map((point) => point.trim()).filter((point) => point !== '');
  const pointsProblem = verdict === 'reject' && written.length === 0 ? t('review.pointsMissing') : undefined;

  const send = (): void => {
    setChecked(true);
    if (pointsProblem) return;
    const reference = obligation.occurrence ? `${obligation.id}#${obligation.occurrence}` : obligation.id;
    const as = ownSeat(agreement, reviewer, obligation.id) ?? reviewer;
    act.mutate({
      path: `/obligations/${encodeURIComponent(reference)}/reviews`,
      fields: { as, verdict, points: verdict === 'reject' ? written : undefined },
    });
  };

  return (
    <Modal
      open
      title={t('review.title', { what: titled(obligation.title, obligation.occurrence) })}
      okText={t('review.submit')}
      onOk={send}
      onCancel={close}
      confirmLoading={act.isPending}
      mask={{ closable: false }}
    >
      <p className="muted">{t('review.explained')}</p>
      <Form layout="vertical" component="div">
        <Form.Item label={t('review.by')}>
          <Radio.Group
            value={reviewer}
            onChange={(event) => setReviewer(event.target.value as string)}
            options={reviewers.map((value) => ({
              value,
              label: `${role(value)} ${agreement.parties[value]?.name ?? ''}`,
            }))}
          />
        </Form.Item>
        <Form.Item label={t('review.verdict')}>
          <Radio.Group
            value={verdict}
            onChange={(event) => setVerdict(event.target.value as Verdict)}
            options={[
              { value: 'accept', label: t('review.accept') },
              { value: 'reject', label: t('review.reject') },
            ]}
          />
        </Form.Item>
        {verdict === 'reject' ? (
          <Form.Item
            label={t('review.points')}
            required
            validateStatus={checked && pointsProblem ? 'error' : ''}
            help={checked ? pointsProblem : undefined}
          >
            <div className="stack" style={{ gap: 8 }}>
              {points.map((point, index) => (
                // The order is what numbers them.
                <div key={index} style={{ display: 'flex', gap: 8, alignItems: 'baseline' }}>
                  <span className="muted">{index + 1}.</span>
                  <Input.TextArea
                    autoSize={{ minRows: 1, maxRows: 6 }}
                    aria-label={t('review.point', { number: index + 1 })}
                    value={point}
                    onChange={(event) => setPoints(points.map((one, at) => (at === index ? event.target.value : one)))}
                  />
                  {points.length > 1 ? (
                    <Button
                      type="link"
                      className="inline-link"
                      onClick={() => setPoints(points.filter((_, at) => at !== index))}
                    >
                      {t('file.remove')}
                    </Button>
                  ) : null}
                </div>
              ))}
              <div>
                <Button size="small" onClick={() => setPoints([...points, ''])}>
                  {t('review.addPoint')}
                </Button>
              </div>
            </div>
          </Form.Item>
        ) : null}
      </Form>
      <ProblemAlert error={act.error} />
    </Modal>
  );
}
