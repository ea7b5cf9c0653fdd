import { Select } from 'antd';
import { type ReactNode, useState } from 'react';

/** What a field gives to whoever chooses in it. */
export interface CandidateField {
  id: string;
  value: string[];
  onChange: (ids: string[]) => void;
}

/** Chooses several of a directory that is searched; what was chosen keeps its name when a search does not find it. */
export function CandidateSelect({
  id,
  value,
  onChange,
  found,
  loading,
  search,
  placeholder,
  notFound,
}: CandidateField & {
  found: { value: string; label: string }[];
  loading: boolean;
  search: (text: string) => void;
  placeholder: string;
  notFound?: string;
}): ReactNode {
  const [names, setNames] = useState<Record<string, string>>({});
  const unfound = value.filter((one) => !found.some((option) => option.value === one));
  const options = [...unfound.map((one) => ({ value: one, label: names[one] ?? one })).reverse(), ...found];
  return (
    <Select<string[]>
      id={id}
      mode="multiple"
      showSearch={{ onSearch: search, filterOption: false }}
      placeholder={placeholder}
      value={value}
      onChange={(chosen) => {
        setNames(Object.fromEntries(options.map((option) => [option.value, option.label])));
        onChange(chosen);
      }}
      loading={loading}
      {...(notFound === undefined ? {} : { notFoundContent: notFound })}
      style={{ width: '100%' }}
      options={options}
    />
  );
}
