import type { Activities } from '../../activities/index.ts';

/** Activities that do nothing and say so at once: a test lays its own over those that it is about. */
export const idleActivities: Activities = {
  record: () => Promise.resolve(undefined),
  recordProcess: () => Promise.resolve(undefined),
  storedCommands: () => Promise.resolve([]),
  notify: () => Promise.resolve('sent'),
  notifyAll: () => Promise.resolve(undefined),
  invite: () => Promise.resolve({ sent: 0, unreachable: 0 }),
  analyse: () => Promise.reject(new Error('nothing to analyse in this test')),
  effectTargets: () => Promise.resolve({ workflowIds: [], resumedOn: null }),
  countCases: () => Promise.resolve({ figures: [] }),
  countVisits: () => Promise.resolve({ tiers: [] }),
  gatherFigures: () => Promise.resolve({ figures: [], surveys: [], weights: null }),
  openProcesses: () => Promise.resolve({ workflowIds: [], resumedOn: null }),
};
