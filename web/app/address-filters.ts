import { type NavigateOptions, useSearchParams } from 'react-router';

/** What a list is narrowed to, which stands in the address. */
interface AddressFilters {
  address: URLSearchParams;
  /** Sets a filter; without a value, takes it away. */
  narrow: (name: string, value?: string) => void;
  clear: () => void;
}

export function useAddressFilters(options?: NavigateOptions): AddressFilters {
  const [address, setAddress] = useSearchParams();
  return {
    address,
    narrow: (name, value = '') => {
      setAddress((before) => {
        const after = new URLSearchParams(before);
        if (value === '') after.delete(name);
        else after.set(name, value);
        return after;
      }, options);
    },
    clear: () => setAddress({}, options),
  };
}
