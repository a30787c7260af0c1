import { holdsNothing } from '../../salesforce/describe';
import type { ObjectDescribe } from '../../salesforce/describe';
import { checkByDescribe, describeEach } from '../../salesforce/described';
import type { Described } from '../../salesforce/described';
import { givingWay } from '../../salesforce/giveWay';
import type { Org } from '../../salesforce/org';
import { parentNames, recordBody } from '../../salesforce/recordBody';
import type { CaseFieldNames } from '../caseFields';
import { differences, readBack } from '../differences';
import type { Difference } from '../differences';
import type { Move } from '../move';
import { moveCase } from '../moveCase';
import type { CaseTemplate, MoveCase } from '../moveCase';

/** A move and how its Case is to look. */
export interface CasePlan {
	move: Move;
	externalId: string;
	/** Its fields are those whose names are known; they hold text. */
	template: CaseTemplate;
	/** Fields that a person names, in any case and of any type; they win over all others. */
	further: Readonly<Record<string, unknown>>;
	/** IANA name; of dates and times among the further fields that say none. */
	timeZone: string;
}

/**
 * Makes Cases of moves, and compares them. They are made anew whenever they are needed: keeping a hundred thousand
 * would take more memory than the moves themselves.
 */
export class CaseMaker {
	private constructor(
		readonly names: CaseFieldNames,
		/** Case, and what further fields refer to, as the org describes them; undefined where no such fields are given. */
		private readonly described: Described | undefined,
	) {}

	/**
	 * A maker for the Cases of plans; it asks for the description of Case only where a plan has further fields.
	 * @throws OrgError
	 */
	static async for(org: Org, plans: readonly CasePlan[], names: CaseFieldNames): Promise<CaseMaker> {
		const further = plans.filter(hasFurther);
		if (further.length === 0) return new CaseMaker(names, undefined);
		const [described] = await describeEach(org, [{ object: 'Case' }], (object) =>
			further.flatMap((plan) => parentNames(object, plan.further)),
		);
		return new CaseMaker(names, described);
	}

	/**
	 * What is wrong with the further fields of plans, by what the org says of Case; an entry for each plan.
	 * Where no plan has any, nothing is asked.
	 */
	static async check(org: Org, plans: readonly CasePlan[], names: CaseFieldNames): Promise<Array<Error | undefined>> {
		if (!plans.some(hasFurther)) return [];
		return await checkByDescribe(
			org,
			plans.map((plan) => ({ object: 'Case', plan })),
			(described, { plan }) => {
				if (hasFurther(plan)) new CaseMaker(names, described).caseOf(plan);
			},
			(object, { plan }) => parentNames(object, plan.further),
		);
	}

	/** @throws InputError or OrgError when the plan's fields do not fit the org */
	caseOf({ move, externalId, template, further, timeZone }: CasePlan): MoveCase {
		if (this.described === undefined || !hasFurther({ further }))
			return moveCase(move, template, this.names, externalId);
		const { object, parents } = this.described;
		const rules = { writes: 'either', emptyText: 'blank', readOnlyFields: 'fail', timeZone } as const;
		const fields = { ...template.fields };
		for (const [name, value] of Object.entries(recordBody(object, further, rules, parents).fields)) {
			if (value !== null || !isFilledByOrg(object, name)) fields[name] = value;
		}
		return moveCase(move, { ...template, fields }, this.names, externalId);
	}

	/** What to select, beside IDs, to compare the Cases of plans. */
	async fieldsToCompare(plans: readonly CasePlan[]): Promise<string[]> {
		const giveWay = givingWay();
		const paths = new Set<string>();
		const seen = new Set<string>();
		for (const plan of plans) {
			await giveWay();
			const key = Object.keys(plan.template.fields).join();
			if (!hasFurther(plan) && seen.has(key)) continue;
			seen.add(key);
			for (const [name, value] of Object.entries(this.caseOf(plan).fields)) {
				const { path } = readBack(name, value);
				if (path !== undefined && !holdsNothing('Case', path)) paths.add(path);
			}
		}
		return [...paths];
	}

	/** Case as the org describes it, where that was needed. */
	get object(): ObjectDescribe | undefined {
		return this.described?.object;
	}

	/** The field that a difference is in: of a parent's external ID, `Account.ExternalKey__c`, the reference to the parent. */
	fieldOf(path: string): string | undefined {
		if (!path.includes('.')) return path;
		return this.object?.fieldsByRelationship.get((path.split('.')[0] as string).toLowerCase())?.name;
	}

	/** The references to the parents whose fields are among paths, as they are written with a parent's external ID. */
	referencesIn(paths: readonly string[]): string[] {
		return paths.flatMap((path) => (path.includes('.') ? (this.fieldOf(path) ?? []) : []));
	}

	/** Where a Case does not hold what its plan says. What holds nothing is written to new Cases only. */
	differences(plan: CasePlan, held: Readonly<Record<string, unknown>>): Difference[] {
		const { fields } = this.caseOf(plan);
		return differences(fields, held, (path) => this.typeOf(path)).filter(({ field }) => !holdsNothing('Case', field));
	}

	/** The type of a field, or of a parent's as `Account.ExternalKey__c`; undefined where nothing is described. */
	private typeOf(path: string): string | undefined {
		if (this.described === undefined) return undefined;
		const { object, parents } = this.described;
		const [name = '', key] = path.toLowerCase().split('.');
		if (key === undefined) return object.fieldsByName.get(name)?.type;
		// Only a reference that points to one object is read back by its parent's key.
		const [parent = ''] = object.fieldsByRelationship.get(name)?.referenceTo ?? [];
		return parents.get(parent.toLowerCase())?.fieldsByName.get(key)?.type;
	}
}

/** Whether a field is never empty and gets a value from the org where none is given, as the owner does: blank is none. */
function isFilledByOrg(object: ObjectDescribe, name: string): boolean {
	const field = object.fieldsByName.get(name.toLowerCase());
	return field?.nillable === false && field.defaultedOnCreate;
}

function hasFurther({ further }: Pick<CasePlan, 'further'>): boolean {
	for (const _name in further) return true;
	return false;
}
