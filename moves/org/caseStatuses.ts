import type { Org } from '../../salesforce/org';
import { queryRecords } from '../../salesforce/query';
import type { QueriedRecord } from '../../salesforce/query';
import { InputError } from '../../salesforce/inputError';
import { asSpoken } from '../asSeen';

/** A status that a Case may have. */
interface CaseStatus {
	/** What a Case holds. */
	value: string;
	/** What people see. */
	label: string;
	isClosed: boolean;
	isDefault: boolean;
}

/** The statuses of Case in an org. */
export class CaseStatuses {
	private constructor(private readonly statuses: readonly CaseStatus[]) {}

	/** The query that reads them. */
	static readonly query = 'SELECT ApiName, MasterLabel, IsClosed, IsDefault FROM CaseStatus ORDER BY SortOrder';

	/** What the query found. */
	static from(rows: readonly QueriedRecord[]): CaseStatuses {
		return new CaseStatuses(
			rows.map(({ ApiName, MasterLabel, IsClosed, IsDefault }) => ({
				value: String(ApiName),
				label: String(MasterLabel),
				isClosed: IsClosed === true,
				isDefault: IsDefault === true,
			})),
		);
	}

	/** Reads them, with one call. @throws OrgError */
	static async of(org: Org): Promise<CaseStatuses> {
		return CaseStatuses.from(await queryRecords(org, CaseStatuses.query));
	}

	/**
	 * The value of a closed status. Salesforce takes any text for a status through its API, so a misspelt one would
	 * leave Cases open without a word.
	 *
	 * @param name value or label, in any case
	 * @param parameter what names it, as the panel does
	 * @throws InputError when it is not one of the closed statuses
	 */
	closed(name: string, parameter: string): string {
		const closed = this.statuses.filter(({ isClosed }) => isClosed);
		const status = closed.find((one) => isNamed(one, name));
		if (status !== undefined) return status.value;
		throw new InputError(
			`${parameter} is not one of the closed statuses of Case in this org`,
			`Choose one of: ${closed.map(({ label }) => label).join(', ')}.`,
		);
	}

	/** Whether a Case with this status is closed, by its value or label. */
	isClosed(status: unknown): boolean {
		return this.statuses.some((one) => one.isClosed && typeof status === 'string' && isNamed(one, status));
	}

	/** Whether a Case that holds a status has the wanted one, which may be its value or its label, in any case. */
	isSame(held: string, wanted: unknown): boolean {
		if (typeof wanted !== 'string') return false;
		return this.statuses.some((status) => isNamed(status, held) && isNamed(status, wanted));
	}

	/** The status that a reopened Case gets: the wanted one if it is open, else the org's own for new Cases. */
	toReopen(wanted: unknown): string | undefined {
		const open = this.statuses.filter(({ isClosed }) => !isClosed);
		const chosen = open.find((one) => typeof wanted === 'string' && isNamed(one, wanted));
		return (chosen ?? open.find(({ isDefault }) => isDefault) ?? open[0])?.value;
	}
}

function isNamed({ value, label }: CaseStatus, name: string): boolean {
	return [value, label].some((known) => asSpoken(known) === asSpoken(name));
}
