import { mintId } from '../ids';
import type { Seed } from '../options';

/** How large an org's staff is to be. */
export interface Staff {
	users: number;
	/** What the days since the last log-in count from. */
	now?: Date;
}

const DAY = 24 * 60 * 60 * 1000;
/** The seed's own IDs begin here, far from those that the org gives. */
const FIRST = 10_000_000;

const DEPARTMENTS = ['Sales', 'Service', 'Facilities', 'Finance', 'IT', 'Legal', 'People', 'Research'];
const FIRST_NAMES = ['Ada', 'Ben', 'Cleo', 'Dara', 'Emil', 'Fay', 'Gus', 'Hana', 'Ivo', 'June'];
const LAST_NAMES = ['Abbot', 'Brandt', 'Costa', 'Dietz', 'Evans', 'Fuchs', 'Gomez', 'Huang', 'Iyer', 'Jones', 'Keller'];

const PROFILES = ['Standard User', 'Standard Platform User', 'Chatter Free User'];

const id = (prefix: string, number: number) => mintId(prefix, FIRST + number);

/** Days since the last log-in: of twelve users two never came, two not for a quarter; the others were there lately. */
function daysAway(number: number): number | undefined {
	const kind = number % 12;
	if (kind < 2) return undefined;
	return kind < 4 ? 90 + (number % 300) : number % 30;
}

/**
 * The records of an org with this many active users, each with a user license, a permission-set license and a
 * package license, spread over departments, managers and log-in habits: always the same for the same number.
 */
export function staff({ users, now = new Date() }: Staff): Seed {
	const numbers = Array.from({ length: users }, (_, index) => index + 1);
	const before = (days: number) => new Date(now.getTime() - days * DAY).toISOString();
	const license = { Status: 'Active', UsedLicenses: 0 };
	return {
		PermissionSetLicense: ['SalesPsl', 'ServicePsl'].map((name, index) => ({
			...license,
			Id: id('0PL', index),
			DeveloperName: name,
			MasterLabel: name === 'SalesPsl' ? 'Sales User' : 'Service User',
			PermissionSetLicenseKey: name,
			TotalLicenses: users,
		})),
		PackageLicense: ['seatmap', 'signdocs'].map((prefix, index) => ({
			...license,
			Id: id('050', index),
			NamespacePrefix: prefix,
			AllowedLicenses: users,
		})),
		User: numbers.map((number) => {
			const days = daysAway(number);
			return {
				Id: id('005', number),
				Username: `user${number}@staff.example`,
				FirstName: FIRST_NAMES[number % FIRST_NAMES.length],
				LastName: LAST_NAMES[number % LAST_NAMES.length],
				Department: DEPARTMENTS[number % DEPARTMENTS.length],
				Profile: { Name: PROFILES[number % PROFILES.length] },
				...(number > 10 ? { ManagerId: id('005', Math.ceil(number / 10)) } : {}),
				CreatedDate: before(400 + (number % 600)),
				...(days === undefined ? {} : { LastLoginDate: before(days) }),
			};
		}),
		PermissionSetLicenseAssign: numbers.map((number) => ({
			AssigneeId: id('005', number),
			PermissionSetLicenseId: id('0PL', number % 2),
		})),
		UserPackageLicense: numbers.map((number) => ({
			UserId: id('005', number),
			PackageLicenseId: id('050', number % 2),
		})),
	};
}
