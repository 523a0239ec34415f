/** Makes something for each pair of a subscription and a place in it, once: VMs by the thousand ask for the same few. */
export function byPlace<T>(
  make: (subscriptionId: string, place: string) => T,
): (subscriptionId: string, place: string) => T {
  const made = new Map<string, Map<string, T>>();
  return (subscriptionId, place) => {
    const inSubscription = made.get(subscriptionId) ?? new Map<string, T>();
    const known = inSubscription.get(place);
    if (known !== undefined) {
      return known;
    }
    const value = make(subscriptionId, place);
    made.set(subscriptionId, inSubscription.set(place, value));
    return value;
  };
}
