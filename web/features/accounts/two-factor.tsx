import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Form, Input, QRCode, Tag } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../../api.ts';
import { useIntent } from '../../app/intent.ts';
import { ME } from '../../app/me.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';

interface Begun {
  uri: string;
  backupCodes: string[];
}

/** Turns two-factor sign-in on (password, QR code, first code) and off (password and code). */
export function TwoFactor({ isOn }: { isOn: boolean }): ReactNode {
  const { t } = useTranslation();
  const [begun, setBegun] = useState<Begun | null>(null);
  const [open, setOpen] = useState(false);
  const finish = useFinishing(() => {
    setBegun(null);
    setOpen(false);
  });
  if (begun) return <Confirmation begun={begun} onDone={() => finish(t('accounts.twoFactorOn'))} />;
  return (
    <div className="stack">
      <div>
        <Tag color={isOn ? 'success' : 'default'}>{t(isOn ? 'accounts.on' : 'accounts.off')}</Tag>
        <span className="muted">{t('accounts.twoFactorExplained')}</span>
      </div>
      {open ? (
        isOn ? (
          <TurningOff onDone={() => finish(t('accounts.twoFactorOff'))} />
        ) : (
          <Beginning onDone={setBegun} />
        )
      ) : (
        <div className="actions">
          <Button onClick={() => setOpen(true)}>{t(isOn ? 'accounts.turnOff' : 'accounts.turnOn')}</Button>
        </div>
      )}
    </div>
  );
}

function useFinishing(reset: () => void): (said: string) => void {
  const { message } = App.useApp();
  const queries = useQueryClient();
  return (said) => {
    reset();
    void message.success(said);
    void queries.invalidateQueries({ queryKey: ME });
    void queries.invalidateQueries({ queryKey: ['sessions'] });
  };
}

function PasswordItem(): ReactNode {
  const { t } = useTranslation();
  return (
    <Form.Item
      name="password"
      label={t('accounts.currentPassword')}
      rules={[{ required: true, message: t('accounts.required') }]}
    >
      <Input.Password autoComplete="current-password" maxLength={128} />
    </Form.Item>
  );
}

function CodeItem({ placeholder }: { placeholder?: string }): ReactNode {
  const { t } = useTranslation();
  return (
    <Form.Item name="code" label={t('accounts.code')} rules={[{ required: true, message: t('accounts.required') }]}>
      <Input autoComplete="one-time-code" maxLength={20} placeholder={placeholder} />
    </Form.Item>
  );
}

function Beginning({ onDone }: { onDone: (begun: Begun) => void }): ReactNode {
  const { t } = useTranslation();
  const intent = useIntent();
  const begin = useMutation({
    mutationFn: (body: { password: string }) =>
      intent(body, (key) => request<Begun>('/two-factor', { method: 'POST', key, body })),
    onSuccess: onDone,
  });
  return (
    <Form<{ password: string }>
      name="begin"
      layout="vertical"
      requiredMark={false}
      className="short-form"
      onFinish={(entered) => begin.mutate(entered)}
    >
      <PasswordItem />
      <div className="stack">
        <ProblemAlert error={begin.error} />
        <div className="actions">
          <Button type="primary" htmlType="submit" loading={begin.isPending}>
            {t('accounts.next')}
          </Button>
        </div>
      </div>
    </Form>
  );
}

function Confirmation({ begun, onDone }: { begun: Begun; onDone: () => void }): ReactNode {
  const { t } = useTranslation();
  const intent = useIntent();
  const confirm = useMutation({
    mutationFn: (code: string) =>
      intent(code, (key) => request('/two-factor/confirm', { method: 'POST', key, body: { code } })),
    onSuccess: onDone,
  });
  return (
    <div className="stack">
      <p>{t('accounts.scan')}</p>
      <div className="pair">
        <div>
          <QRCode value={begun.uri} size={184} type="svg" />
          <p className="small muted">
            {t('accounts.secret')}
            <br />
            <code className="mono">{new URL(begun.uri).searchParams.get('secret')}</code>
          </p>
        </div>
        <div>
          <h3>{t('accounts.backupCodes')}</h3>
          <Alert type="warning" title={t('accounts.backupCodesExplained')} />
          <pre className="value" aria-label={t('accounts.backupCodes')}>
            {begun.backupCodes.join('\n')}
          </pre>
        </div>
      </div>
      <Form<{ code: string }>
        name="confirm"
        layout="vertical"
        requiredMark={false}
        className="short-form"
        onFinish={({ code }) => confirm.mutate(code.trim())}
      >
        <CodeItem />
        <div className="stack">
          <ProblemAlert error={confirm.error} />
          <div className="actions">
            <Button type="primary" htmlType="submit" loading={confirm.isPending}>
              {t('accounts.confirm')}
            </Button>
          </div>
        </div>
      </Form>
    </div>
  );
}

function TurningOff({ onDone }: { onDone: () => void }): ReactNode {
  const { t } = useTranslation();
  const intent = useIntent();
  const end = useMutation({
    mutationFn: ({ password, code }: { password: string; code: string }) => {
      const body = { password, code: code.trim() };
      return intent(body, (key) => request('/two-factor', { method: 'DELETE', key, body }));
    },
    onSuccess: onDone,
  });
  return (
    <Form<{ password: string; code: string }>
      name="end"
      layout="vertical"
      requiredMark={false}
      className="short-form"
      onFinish={(entered) => end.mutate(entered)}
    >
      <PasswordItem />
      <CodeItem placeholder={t('accounts.codeHint')} />
      <div className="stack">
        <ProblemAlert error={end.error} />
        <div className="actions">
          <Button danger htmlType="submit" loading={end.isPending}>
            {t('accounts.turnOff')}
          </Button>
        </div>
      </div>
    </Form>
  );
}
