import { useEffect, useRef, useState } from 'react';
import type { Json } from '../surveys/questionnaire.ts';
import type { Weights } from '../surveys/survey.ts';

/** What somebody designs, as far as they came. */
export interface Design {
  json: Json;
  /** Null: as the contract says, else all alike. */
  weights: Weights | null;
}

interface Kept extends Design {
  /** SHA-256 of the version that it goes on from; null: of none. */
  base: string | null;
  savedAt: string;
}

const keyOf = (survey: string): string => `abide.design.${survey}`;

/** What was kept of a design on this device; null: nothing, or nothing that can be read. */
export function keptDesign(survey: string): Kept | null {
  try {
    const text = window.localStorage.getItem(keyOf(survey));
    return text === null ? null : (JSON.parse(text) as Kept);
  } catch (error) {
    // Storage that is shut, or that somebody else wrote into, holds nothing of ours.
    if (error instanceof SyntaxError || error instanceof DOMException) return null;
    throw error;
  }
}

export function forgetDesign(survey: string): void {
  try {
    window.localStorage.removeItem(keyOf(survey));
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}

/** A design with its steps, each of which can be taken back; what is not handed in is kept on this device. */
export interface Designing {
  design: Design;
  change: (design: Design) => void;
  undo: (() => void) | null;
  redo: (() => void) | null;
  isDirty: boolean;
  /** Since when it is kept; null: it is not, because there is no room, or nothing to keep. */
  keptAt: string | null;
}

const MOST_STEPS = 100;
/** What is typed in one go is one step. */
const ONE_GO_MS = 800;

/** @param begin what was handed in, or proposed; @param kept what was found on this device, if one goes on from it */
export function useDesign(survey: string, base: string | null, begin: Design, kept: Design | null): Designing {
  const [past, setPast] = useState<Design[]>([]);
  const [future, setFuture] = useState<Design[]>([]);
  const [design, setDesign] = useState<Design>(kept ?? begin);
  const [keptAt, setKeptAt] = useState<string | null>(null);
  const original = useRef(JSON.stringify(begin));
  const changedAt = useRef(0);
  const wasDirty = useRef(false);
  const isDirty = JSON.stringify(design) !== original.current;
  useEffect(() => {
    if (!isDirty) {
      // What was kept from before, and is not gone on with, stays until something else is to be kept.
      if (wasDirty.current) forgetDesign(survey);
      setKeptAt(null);
      return;
    }
    wasDirty.current = true;
    const savedAt = new Date().toISOString();
    try {
      window.localStorage.setItem(keyOf(survey), JSON.stringify({ ...design, base, savedAt } satisfies Kept));
      setKeptAt(savedAt);
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      setKeptAt(null);
    }
  }, [design, isDirty, survey, base]);
  return {
    design,
    change: (next) => {
      if (Date.now() - changedAt.current > ONE_GO_MS || past.length === 0)
        setPast([...past, design].slice(-MOST_STEPS));
      changedAt.current = Date.now();
      setFuture([]);
      setDesign(next);
    },
    undo:
      past.length === 0
        ? null
        : () => {
            setFuture([design, ...future]);
            setPast(past.slice(0, -1));
            setDesign(past.at(-1) ?? design);
          },
    redo:
      future.length === 0
        ? null
        : () => {
            setPast([...past, design]);
            setFuture(future.slice(1));
            setDesign(future[0] ?? design);
          },
    isDirty,
    keptAt,
  };
}
