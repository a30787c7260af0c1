import { readIdentity } from '../../salesforce/identity';
import type { Org } from '../../salesforce/org';
import { sameId } from '../../salesforce/recordId';
import type { SignatureVerdict, Signer } from '../../salesforce/signature';
import { CHANGE_VERSION, wholeSeconds } from '../change';
import type { Change, SignedChange } from '../change';
import { withhold } from '../withhold';
import type { Withheld } from '../withhold';
import type { WrittenObject } from '../written';

/** What a write knows of a change by itself. */
export type Recorded = Pick<Change, 'id' | 'did' | 'before' | 'after' | 'found' | 'inDoubt' | 'key' | 'withheld'> & {
	/** The fields only where it is to be known which of them Salesforce keeps encrypted. */
	object: Pick<WrittenObject, 'name'> & Partial<Pick<WrittenObject, 'fieldsByName'>>;
	/** When it was saved by Salesforce's clock, no earlier than the record's stamp; its time now where that is not known. */
	at?: Date;
	/** When it was written by n8n's clock; now unless said otherwise. */
	written?: Date;
};

const NOTHING: Withheld = { fields: new Set(), encrypted: false };

/** Makes the changes of a run: who did it, where, and signed. */
export class ChangeRecorder {
	private constructor(
		private readonly org: Org,
		private readonly signer: Signer,
		private readonly who: Pick<Change, 'orgId' | 'by'>,
		private readonly withheld: Withheld,
	) {}

	/**
	 * To be asked for before the first write: it takes a call, unless the session has made it before.
	 * @throws OrgError `NO_SECRET` when the credential has no secret to sign with
	 */
	static async for(org: Org, withheld: Withheld = NOTHING): Promise<ChangeRecorder> {
		const { orgId, userId } = await readIdentity(org);
		return new ChangeRecorder(org, await org.signer(orgId, 'change'), { orgId, by: userId }, withheld);
	}

	/** ID of the user who is signed in. */
	get userId(): string {
		return this.who.by;
	}

	/** Whether a change says that it is of this org. */
	isOfOrg({ orgId }: Change): boolean {
		return sameId(orgId, this.who.orgId);
	}

	/** Whether the values of a field are kept. */
	keeps(object: Recorded['object'], field: string): boolean {
		const isEncrypted = object.fieldsByName?.get(field.toLowerCase())?.encrypted === true;
		return !this.withheld.fields.has(field.toLowerCase()) && !(this.withheld.encrypted && isEncrypted);
	}

	/** Whether a change is one of this org's, signed by this credential. */
	verdict(change: SignedChange): SignatureVerdict {
		return this.signer.verdict(change);
	}

	/** The change as it goes out; its key must be of a field that `keeps`. */
	record({ at = this.org.time ?? new Date(), written = new Date(), object, ...recorded }: Recorded): SignedChange {
		const kept = withhold(recorded, (field) => this.keeps(object, field));
		const withheld = [...new Set([...(recorded.withheld ?? []), ...(kept.withheld ?? [])])];
		const change: Change = {
			version: CHANGE_VERSION,
			...this.who,
			object: object.name,
			...recorded,
			...kept,
			...(withheld.length === 0 ? {} : { withheld }),
			stamp: wholeSeconds(at),
			at: written.toISOString(),
			...this.org.origin,
		};
		return this.signer.sign(change);
	}
}
