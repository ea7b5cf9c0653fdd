import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Skeleton, Tag } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { request } from '../../api.ts';
import { useFormat } from '../../app/format.ts';
import { useIntent } from '../../app/intent.ts';
import { useMay } from '../../app/me.ts';
import { usePageTitle } from '../../app/page-title.ts';
import { ProblemAlert } from '../../app/problem-alert.tsx';
import { EraseDialog } from '../privacy/erase-dialog.tsx';
import { AbsenceDialog } from './absence-dialog.tsx';
import { DepartureDialog } from './departure-dialog.tsx';
import { PERSONS, type Person, personPath } from './directory.ts';
import { PersonDialog } from './person-dialog.tsx';
import { SeatsHeld, StandIns } from './seats-held.tsx';

type Opened = 'edit' | 'absence' | 'departure' | 'erase';

/** One person of the directory. */
export function PersonPage(): ReactNode {
  const { id = '' } = useParams();
  return <PersonOf id={id} />;
}

/** Oneself: seats, duties, who stands in. */
export function MyPersonPage(): ReactNode {
  return <PersonOf id="me" />;
}

function PersonOf({ id }: { id: string }): ReactNode {
  const { t } = useTranslation();
  const isMe = id === 'me';
  const person = useQuery({
    queryKey: [...PERSONS, id],
    queryFn: ({ signal }) => request<Person>(isMe ? '/me/person' : personPath(id), { signal }),
  });
  usePageTitle(isMe ? t('directory.me') : person.data?.name);
  const [opened, setOpened] = useState<Opened | null>(null);
  const { data } = person;
  const close = (): void => setOpened(null);
  return (
    <div className="page">
      {isMe ? null : <Link to="/persons">{t('directory.title')}</Link>}
      <ProblemAlert error={person.error} retry={() => void person.refetch()} />
      {person.isPending ? <Skeleton active paragraph={{ rows: 6 }} /> : null}
      {data ? (
        <>
          <Heading person={data} isMe={isMe} open={setOpened} />
          <Facts person={data} />
          <section className="panel">
            <h2>{t('directory.seats')}</h2>
            <SeatsHeld seats={data.seats} />
          </section>
          <section className="panel">
            <div className="heading">
              <h2 className="grow">{t('directory.absences')}</h2>
              {data.absences.length > 0 ? <BackButton id={id} /> : null}
            </div>
            <StandIns rows={data.absences} label={t('directory.absences')} empty={t('directory.noAbsences')} />
          </section>
          <section className="panel">
            <h2>{t('directory.deputyships')}</h2>
            <StandIns rows={data.deputyships} label={t('directory.deputyships')} empty={t('directory.noDeputyships')} />
          </section>
          {opened === 'edit' ? <PersonDialog person={data} close={close} /> : null}
          {opened === 'absence' ? <AbsenceDialog person={data} id={id} close={close} /> : null}
          {opened === 'departure' ? <DepartureDialog person={data} close={close} /> : null}
          {opened === 'erase' ? <EraseDialog person={data} close={close} /> : null}
        </>
      ) : null}
    </div>
  );
}

function Heading({ person, isMe, open }: { person: Person; isMe: boolean; open: (what: Opened) => void }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const mayWrite = useMay('directory.write') && !isMe;
  const mayAct = useMay('agreements.act');
  const mayErase = useMay('privacy.manage') && !isMe;
  const isPresent = person.leftOn === null && person.erasedAt === null;
  return (
    <div className="heading">
      <h1 className="grow">
        {person.erasedAt ? t('directory.erasedPerson') : person.name}{' '}
        {person.erasedAt ? <Tag>{t('directory.erased')}</Tag> : null}
        {person.leftOn ? <Tag>{t('directory.leftOn', { on: format.date(person.leftOn) })}</Tag> : null}
        {person.account?.disabled ? <Tag>{t('directory.accountClosed')}</Tag> : null}
      </h1>
      {isMe ? <Link to="/me/data">{t('privacy.mine')}</Link> : null}
      {mayErase ? <Link to={`/persons/${person.id}/data`}>{t('privacy.data')}</Link> : null}
      {mayWrite && person.erasedAt === null ? (
        <Button onClick={() => open('edit')}>{t('directory.edit')}</Button>
      ) : null}
      {isPresent && person.seats.length > 0 && (mayWrite || (isMe && mayAct)) ? (
        <Button onClick={() => open('absence')}>{t('directory.nameDeputy')}</Button>
      ) : null}
      {mayWrite && isPresent ? (
        <Button onClick={() => open('departure')}>{t('directory.recordDeparture')}</Button>
      ) : null}
      {mayErase && person.erasedAt === null ? (
        <Button danger onClick={() => open('erase')}>
          {t('privacy.erase')}
        </Button>
      ) : null}
    </div>
  );
}

function Facts({ person }: { person: Person }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <section className="panel">
      <dl className="facts">
        <div>
          <dt>{t('directory.organisation')}</dt>
          <dd>{person.organisation.path}</dd>
        </div>
        <div>
          <dt>{t('directory.email')}</dt>
          <dd className="break">{person.erasedAt ? t('common.none') : person.email}</dd>
        </div>
        <div>
          <dt>{t('directory.language')}</dt>
          <dd>{t(`language.${person.language}`)}</dd>
        </div>
        <div>
          <dt>{t('directory.zone')}</dt>
          <dd>{format.zone(person.zone)}</dd>
        </div>
      </dl>
    </section>
  );
}

/** Whatever stands in for them ends, in all agreements. */
function BackButton({ id }: { id: string }): ReactNode {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const queries = useQueryClient();
  const intent = useIntent();
  const mayWrite = useMay('directory.write');
  const mayAct = useMay('agreements.act');
  const back = useMutation({
    mutationFn: () => intent(id, (key) => request(`${personPath(id)}/absences`, { method: 'DELETE', key, body: {} })),
    onSuccess: () => {
      void message.success(t('directory.isBack'));
      void queries.invalidateQueries({ queryKey: PERSONS });
    },
    onError: (error) => void modal.error({ title: t('directory.back'), content: <ProblemAlert error={error} /> }),
  });
  if (id === 'me' ? !mayAct : !mayWrite) return null;
  return (
    <Button loading={back.isPending} onClick={() => back.mutate()}>
      {t('directory.back')}
    </Button>
  );
}
