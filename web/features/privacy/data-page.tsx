import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Collapse, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { request } from '../../api.ts';
import { useFormat } from '../../app/format.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import type { PersonData } from './privacy.ts';

/** Everything that is known about oneself. */
export function MyDataPage(): ReactNode {
  return <DataOf path="/me/data" back="/me/person" />;
}

/** Everything that is known about somebody; the look is logged and shown to them. */
export function PersonDataPage(): ReactNode {
  const { id = '' } = useParams();
  return <DataOf path={`/persons/${id}/data`} back={`/persons/${id}`} />;
}

function DataOf({ path, back }: { path: string; back: string }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const isMine = path === '/me/data';
  usePageTitle(t(isMine ? 'privacy.mine' : 'privacy.data'));
  const data = useQuery({
    queryKey: ['person-data', path],
    queryFn: ({ signal }) => request<PersonData>(path, { signal }),
    staleTime: Infinity, // every look is logged
  });
  const save = (): void => {
    const address = URL.createObjectURL(new Blob([JSON.stringify(data.data, null, 2)], { type: 'application/json' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = 'personal-data.json';
    link.click();
    URL.revokeObjectURL(address);
  };
  return (
    <div className="page">
      <Link to={back}>{t(isMine ? 'directory.me' : 'privacy.toPerson')}</Link>
      <div className="heading">
        <h1 className="grow">
          {isMine ? t('privacy.mine') : t('privacy.dataOf', { name: data.data?.person.name ?? '' })}
        </h1>
        <Link to="/privacy">{t('privacy.rules')}</Link>
        <Button disabled={!data.data} onClick={save}>
          {t('privacy.save')}
        </Button>
      </div>
      <ProblemAlert error={data.error} retry={() => void data.refetch()} />
      {data.isPending ? <Skeleton active paragraph={{ rows: 8 }} /> : null}
      {data.data ? (
        <section className="panel stack">
          {isMine ? null : <Alert type="info" showIcon title={t('privacy.isLogged')} />}
          <Collapse
            defaultActiveKey={['person', 'seen-by']}
            items={data.data.groups.map(({ group, title, source, items, more }) => ({
              key: group,
              label: `${format.text(title)} · ${t('privacy.entries', { count: items.length + more })}`,
              children: (
                <>
                  <p className="muted">
                    {t('privacy.source')}
                    {t('common.colon')}
                    {format.text(source)}
                  </p>
                  {items.length === 0 ? <p>{t('privacy.nothing')}</p> : null}
                  {items.map((item, index) => (
                    <Entry key={index} item={item} />
                  ))}
                  {more > 0 ? <p className="muted">{t('privacy.more', { count: more })}</p> : null}
                </>
              ),
            }))}
          />
        </section>
      ) : null}
    </div>
  );
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;

const isEmpty = (value: unknown): boolean =>
  value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** One row as names and values; what is empty is left out. */
function Entry({ item }: { item: unknown }): ReactNode {
  const { t, i18n } = useTranslation();
  const fields = Object.entries(item as Record<string, unknown>).filter(([, value]) => !isEmpty(value));
  return (
    <dl className="facts" style={{ borderBottom: '1px solid #eee', paddingBottom: 8 }}>
      {fields.map(([name, value]) => (
        <div key={name}>
          <dt>{i18n.exists(`dataField.${name}`) ? t(`dataField.${name}`) : name}</dt>
          <dd className="break">
            <Value name={name} value={value} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** A value in words, as far as there are words; what has parts is shown part by part. */
function Value({ name, value }: { name: string; value: unknown }): ReactNode {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  if (Array.isArray(value)) {
    if (value.every((one) => typeof one !== 'object')) return value.map(String).join(t('common.listSeparator'));
    return value.map((one, index) => <Entry key={index} item={one} />);
  }
  if (typeof value === 'object' && value !== null) {
    if ('zh' in value && 'en' in value) return format.text(value as { zh: string; en: string });
    return <Entry item={value} />;
  }
  const text = String(value);
  if (INSTANT.test(text)) return format.here(text);
  const known = (WORDS[name] ?? []).map((group) => `${group}.${text}`).find((key) => i18n.exists(key));
  if (known !== undefined) return t(known);
  return PLAIN.includes(name) && i18n.exists(`dataValue.${text}`) ? t(`dataValue.${text}`) : text;
}

/** Fields whose values have words of their own here. */
const PLAIN = [
  ...['via', 'language', 'purpose', 'seat', 'party', 'onBehalfOf', 'as', 'status', 'providerId'],
  ...['emailVerified', 'twoFactorEnabled', 'verified'],
];

/** Where else words for a field's values are. */
const WORDS: Record<string, string[] | undefined> = {
  action: ['loggedAction', 'act'],
  outcome: ['logOutcome'],
  kind: ['noticeKind', 'actorKind'],
  type: ['act', 'eventName'],
  code: ['rejection'],
  ground: ['erasureGround'],
  status: ['agreementStatus'],
};
