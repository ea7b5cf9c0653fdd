import { useState } from 'react';

const FOLDED = 'abide.navigation-folded';

/** Whether the side navigation is folded away, as this browser was left. */
export function useNavigationFold(): [isFolded: boolean, fold: (isFolded: boolean) => void] {
  const [isFolded, setFolded] = useState(() => window.localStorage.getItem(FOLDED) === 'yes');
  return [
    isFolded,
    (next) => {
      setFolded(next);
      window.localStorage.setItem(FOLDED, next ? 'yes' : 'no');
    },
  ];
}
