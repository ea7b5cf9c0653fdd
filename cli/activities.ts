import { Context } from '@temporalio/activity';
import { findTemplate } from '../templates/library.ts';
import type { Activities } from '../activities/index.ts';
import type { TitleSource } from '../activities/mail/context.ts';
import { createNotifyAll } from '../activities/notify-all.ts';
import { type NotifyDeps, agreementReader, createNotify } from '../activities/notify.ts';
import { createRecord } from '../activities/record.ts';
import { createStoredCommands } from '../activities/stored-commands.ts';

/** All that the workflows may ask of the world, over one database and one mail transport. */
export function createActivities(deps: Omit<NotifyDeps, 'titles'> & { bundle: string; sdk: string }): Activities {
  const { database, clock, killPoint, bundle, sdk, from } = deps;
  const messageIdHost = from.slice(from.lastIndexOf('@') + 1).replace('>', '');
  const notify = createNotify({ ...deps, titles: templateTitles });
  return {
    record: createRecord({ database, clock, bundle, sdk, messageIdHost, killPoint }),
    storedCommands: createStoredCommands({ database }),
    notify,
    notifyAll: createNotifyAll(notify, {
      reader: () => agreementReader(database),
      heartbeat: () => Context.current().heartbeat(),
    }),
  };
}

/** Titles and wording as the template that an agreement was made from has them. */
const templateTitles: TitleSource = (reference) => {
  const found = findTemplate(reference);
  if ('problem' in found) throw new Error(`template ${reference} is not here`);
  return found.template;
};
