import { idKey, sameId } from './recordId';

/** Who changed a record last, and when, where the object says who. */
interface AnyStamp {
	/** ISO 8601, or as Salesforce writes it. */
	at: string;
	by?: string;
}

/**
 * How records stood before what a run has undone of them so far: what was done earlier is judged by that, unless somebody
 * else has written them since the run began.
 */
export class FoundStamps {
	private readonly byId = new Map<string, { seen: AnyStamp; was: AnyStamp }>();

	/**
	 * @param seen the record's stamp as it was read, before it was written
	 * @param was how what was undone had found it
	 */
	note(id: string, seen: AnyStamp, was: AnyStamp): void {
		this.byId.set(idKey(id), { seen, was });
	}

	/**
	 * The stamp by which a record is to be judged.
	 *
	 * @param stamp as the record has it
	 * @param userId under whom the run writes
	 */
	of<Stamp extends AnyStamp>(id: string, stamp: Stamp, userId: string): Stamp | AnyStamp {
		const found = this.byId.get(idKey(id));
		if (found === undefined) return stamp;
		const { seen, was } = found;
		const [at, seenAt] = [Date.parse(stamp.at), Date.parse(seen.at)];
		const isOurs = at >= seenAt && (stamp.by === undefined || sameId(stamp.by, userId));
		return isOurs || (at === seenAt && stamp.by === seen.by) ? was : stamp;
	}
}
