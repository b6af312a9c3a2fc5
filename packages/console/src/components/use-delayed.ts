import { useEffect, useState } from 'react';

/** A value once it has rested: what is typed is not asked for letter by letter. */
export function useDelayed<Value>(value: Value, milliseconds = 250): Value {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), milliseconds);
    return () => clearTimeout(timer);
  }, [value, milliseconds]);
  return rested;
}
