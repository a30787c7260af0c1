import type { SignedChange, Values } from '../../changes/change';
import { ChangeRecorder } from '../../changes/org/changeRecorder';
import { writtenValues } from '../../changes/written';
import type { Withheld } from '../../changes/withhold';
import type { CaseMaker } from '../../moves/org/caseMaker';
import type { Wrote } from '../../moves/org/pushed';
import { describeObject } from '../../salesforce/describe';
import type { Org } from '../../salesforce/org';
import type { PushPlan } from './parameters';

/** Makes of the writes of a run what takes them back. */
export class Keeper {
	private recorder?: ChangeRecorder;
	private object: Parameters<ChangeRecorder['record']>[0]['object'] = { name: 'Case' };

	/** @param undo which fields are not kept */
	constructor(
		private readonly org: Org,
		private readonly maker: CaseMaker,
		private readonly undo: Withheld,
	) {}

	/**
	 * To be asked for before the first write, and after the first call, when who is signed in is known without one.
	 * @throws OrgError `NO_SECRET` when the credential has no secret to sign with
	 */
	async prepare(): Promise<void> {
		this.recorder = await ChangeRecorder.for(this.org, this.undo);
		if (this.undo.encrypted) this.object = await describeObject(this.org, 'Case');
	}

	/** The change of a move's Case; undefined where nothing was written. */
	changeOf(plan: PushPlan, wrote: Wrote | undefined): SignedChange | undefined {
		if (wrote === undefined || this.recorder === undefined) return undefined;
		const { id, held, status, at, inDoubt } = wrote;
		const fields = this.written(plan);
		const about = {
			object: this.object,
			...(at === undefined ? {} : { at }),
			...(inDoubt === undefined ? {} : { inDoubt }),
		};
		if (held !== undefined) {
			const names = Object.keys(held.before).filter((name) => name in fields);
			const after = {
				...Object.fromEntries(names.map((name) => [name, fields[name]])),
				...(status && { Status: status }),
			};
			return this.recorder.record({ ...about, id, did: 'updated', ...held, after });
		}
		if (id === undefined && !this.recorder.keeps(this.object, this.maker.names.externalId)) return undefined;
		const key = { field: this.maker.names.externalId, value: plan.externalId };
		const found = id === undefined ? { key } : { id };
		return this.recorder.record({ ...about, ...found, did: 'created', before: null, after: fields });
	}

	/** A move's fields as JSON gives them back. */
	private written(plan: PushPlan): Values {
		const { fields } = this.maker.caseOf(plan);
		return this.maker.object === undefined ? fields : writtenValues(this.maker.object, fields);
	}
}
