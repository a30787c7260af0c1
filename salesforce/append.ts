/** Adds a member to the list that a map has for a key; the first one begins it. */
export function append<Key, Member>(lists: Map<Key, Member[]>, key: Key, member: Member): void {
	const list = lists.get(key);
	if (list === undefined) lists.set(key, [member]);
	else list.push(member);
}
