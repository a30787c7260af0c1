import { readIdentity } from '../../salesforce/identity';
import type { Org } from '../../salesforce/org';
import type { SignatureVerdict, Signer } from '../../salesforce/signature';
import { CHANGE_VERSION, wholeSeconds } from '../change';
import type { Change, SignedChange } from '../change';

/** What a write knows of a change by itself. */
export type Recorded = Pick<
	Change,
	'object' | 'id' | 'did' | 'before' | 'after' | 'found' | 'inDoubt' | 'key' | 'withheld'
> & {
	/** When it was saved by Salesforce's clock, no earlier than the record's stamp; now where that is not known. */
	at?: Date;
};

/** Makes the changes of a run: who did it, where, and signed. */
export class ChangeRecorder {
	private constructor(
		private readonly org: Org,
		private readonly signer: Signer,
		private readonly who: Pick<Change, 'orgId' | 'by'>,
	) {}

	/**
	 * To be asked for before the first write: it takes a call, unless the session has made it before.
	 * @throws OrgError `NO_SECRET` when the credential has no secret to sign with
	 */
	static async for(org: Org): Promise<ChangeRecorder> {
		const { orgId, userId } = await readIdentity(org);
		return new ChangeRecorder(org, await org.signer(orgId, 'change'), { orgId, by: userId });
	}

	/** Whether a change is one of this org's, signed by this credential. */
	verdict(change: SignedChange): SignatureVerdict {
		return this.signer.verdict(change);
	}

	/** The change as it goes out. */
	record({ at = this.org.time ?? new Date(), ...recorded }: Recorded): SignedChange {
		const change: Change = {
			version: CHANGE_VERSION,
			...this.who,
			...recorded,
			stamp: wholeSeconds(at),
			at: at.toISOString(),
			...this.org.origin,
		};
		return this.signer.sign(change);
	}
}
