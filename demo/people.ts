import { staff } from '../local-org';
import type { Seed } from '../local-org';
import { externalId } from '../moves/externalId';

/** Another plan than the sample, pushed long ago. */
const OLD_PLAN = 'BERLIN-2023-Q4';

const COMPANIES = [
	['Northwind Logistics', 'Transportation', 'Hamburg', 480],
	['Lumen Diagnostics', 'Healthcare', 'Lyon', 1_200],
	['Casa Verde', 'Retail', 'Porto', 95],
	['Ostsee Energie', 'Energy', 'Rostock', 3_100],
	['Alba Software', 'Technology', 'Edinburgh', 260],
	['Fjord & Daughters', 'Food & Beverage', 'Bergen', 40],
] as const;

const CONTACTS = [
	['Ingrid', 'Sandvik', 'Facility Manager', 5],
	['Mateus', 'Carvalho', 'Head of Operations', 2],
	['Elif', 'Yıldız', 'Workplace Lead', 0],
	['Rory', 'MacLeod', 'IT Manager', 4],
	['Camille', 'Laurent', 'Purchasing', 1],
	['Piotr', 'Nowak', 'Office Manager', 3],
	['Nele', 'Petersen', 'Team Assistant', 3],
	['Hugo', 'Marques', 'Facility Manager', 2],
] as const;

const OLD_MOVES = [
	['B-01', 'Lena Vogt', 'Sales', 'BER-1-004', 'BER-2-031', 'Closed'],
	['B-02', 'Omar Haddad', 'Sales', 'BER-1-005', 'BER-2-032', 'Closed'],
	['B-03', 'Julia Król', 'Legal', 'BER-1-011', 'BER-2-040', 'Working'],
	['B-04', 'Sven Lindholm', 'Legal', 'BER-1-012', 'BER-2-041', 'New'],
] as const;

/**
 * What an org holds in which every node has something to show: customers and their people, the Cases of a plan and
 * others, and forty users with licenses, of whom some have not logged in for long.
 */
export function peopledOrg(): Seed {
	return {
		Account: COMPANIES.map(([Name, Industry, BillingCity, NumberOfEmployees]) => ({
			...{ Name, Industry, BillingCity, NumberOfEmployees },
		})),
		Contact: CONTACTS.map(([FirstName, LastName, Title, company]) => ({
			...{ FirstName, LastName, Title },
			Email: `${plain(FirstName)}.${plain(LastName)}@example.com`,
			Account: { Name: COMPANIES[company][0] },
		})),
		Case: [
			...OLD_MOVES.map(([moveId, employee, Department__c, CurrentSeat__c, NewSeat__c, Status]) => ({
				...{ Department__c, CurrentSeat__c, NewSeat__c, Status },
				Subject: `Move ${moveId}: ${employee}, ${CurrentSeat__c} to ${NewSeat__c}`,
				ExternalID__c: externalId(OLD_PLAN, moveId),
			})),
			{ Subject: 'The blind in room 2.14 is stuck', Status: 'New', Account: { Name: COMPANIES[0][0] } },
			{ Subject: 'Second monitor for a new starter', Status: 'Working', Account: { Name: COMPANIES[4][0] } },
		],
		...staff({ users: 40 }),
	};
}

/** A second, smaller org, for what sets two side by side. */
export function smallOrg(): Seed {
	return staff({ users: 12 });
}

/** A name as it may stand in an address. */
function plain(name: string): string {
	return name
		.normalize('NFD')
		.replace(/\p{Mn}/gu, '')
		.replaceAll('ı', 'i')
		.toLowerCase();
}
