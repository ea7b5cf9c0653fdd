import { Alert, Button, Typography } from 'antd';
import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { agreementPath, downloadWithProgress } from '../../api.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import type { Agreement } from '../../wire.ts';
import type { Audit } from './audit.ts';

const MEBIBYTE = 1024 * 1024;

/** What lies in a bundle, as whoever gets it will find it. */
const FILES = [
  'account.zh.html, account.en.html',
  'manifest.json, signature.json',
  'events.jsonl, commands.jsonl',
  'agreement.json, calendar.json, patches.json, processes.jsonl',
  'obligations.jsonl, ledger.jsonl',
  'notices.jsonl, people.json',
  'documents.jsonl, documents/',
  'runs.json, histories/, code/',
] as const;

/** The signed bundle in one click, how large it grows, and how whoever gets it checks it without us. */
export function Evidence({ agreement, audit }: { agreement: Agreement; audit: Audit }): ReactNode {
  const { t } = useTranslation();
  const [received, setReceived] = useState<number | null>(null);
  const [taken, setTaken] = useState<{ name: string; bytes: number } | null>(null);
  const [failed, setFailed] = useState<unknown>(null);
  const under = useRef<AbortController | null>(null);

  const take = async (): Promise<void> => {
    const controller = new AbortController();
    under.current = controller;
    setFailed(null);
    setTaken(null);
    setReceived(0);
    try {
      setTaken(
        await downloadWithProgress(`${agreementPath(agreement.id)}/evidence`, `evidence-${agreement.id}.zip`, {
          signal: controller.signal,
          onBytes: setReceived,
        }),
      );
    } catch (error) {
      if (!controller.signal.aborted) setFailed(error);
    } finally {
      setReceived(null);
    }
  };

  const size = (bytes: number): string =>
    bytes < MEBIBYTE
      ? t('audit.kibibytes', { size: Math.ceil(bytes / 1024) })
      : t('audit.mebibytes', { size: (bytes / MEBIBYTE).toFixed(1) });
  const command = `npx abide verify ${taken?.name ?? 'abide-evidence-….zip'} --key ${audit.fingerprint} --replay`;
  return (
    <div className="stack">
      <section className="panel stack">
        <h2>{t('audit.evidenceTitle')}</h2>
        <p>{t('audit.evidenceExplained')}</p>
        <p className="muted">
          {t('audit.evidenceHolds', {
            events: audit.events,
            notices: audit.notices,
            documents: audit.documents.count,
            size: size(audit.documents.bytes),
          })}
        </p>
        <div className="actions">
          <Button type="primary" loading={received !== null} onClick={() => void take()}>
            {t('audit.evidence')}
          </Button>
          {received === null ? null : (
            <Button onClick={() => under.current?.abort()}>{t('audit.cancelDownload')}</Button>
          )}
        </div>
        {received === null ? null : (
          <div role="status">
            {received === 0 ? t('audit.gathering') : t('audit.received', { size: size(received) })}
          </div>
        )}
        {taken ? (
          <Alert type="success" showIcon title={t('audit.taken', { name: taken.name, size: size(taken.bytes) })} />
        ) : null}
        <ProblemAlert error={failed} retry={() => void take()} />
      </section>
      <section className="panel stack">
        <h2>{t('audit.howToVerify')}</h2>
        <ol className="stack">
          <li>
            {t('audit.tellFingerprint')}
            <Typography.Paragraph className="mono break" copyable={{ text: audit.fingerprint }}>
              {audit.fingerprint}
            </Typography.Paragraph>
          </li>
          <li>
            {t('audit.runVerify')}
            <Typography.Paragraph className="mono break" copyable={{ text: command }}>
              {command}
            </Typography.Paragraph>
          </li>
          <li>{t('audit.readVerdict')}</li>
        </ol>
        <h3>{t('audit.whatIsInIt')}</h3>
        <ul className="bundle-files">
          {FILES.map((file, index) => (
            <li key={file}>
              <span className="mono break">{file}</span>
              {t('common.colon')}
              {t(`bundleFile.${String(index)}`)}
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
