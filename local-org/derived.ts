import type { Org } from './org';
import { readsOrganization, refreshOrganization } from './organization';
import { readsMetrics, refreshMetrics } from './records/licenseMetrics';
import { readsAutomation, refreshAutomation } from './tooling/automation';
import { readsCustomFields, refreshCustomFields } from './tooling/customFields';
import { readsDefinitions, refreshDefinitions } from './tooling/definitions';

/** Fills the objects that follow from others, where a query reads them, as the org stands now. */
export function refreshDerived(org: Org, soql: string): void {
	if (readsDefinitions(soql)) refreshDefinitions(org, soql);
	if (readsAutomation(soql)) refreshAutomation(org);
	if (readsCustomFields(soql)) refreshCustomFields(org);
	if (readsMetrics(soql)) refreshMetrics(org);
	if (readsOrganization(soql)) refreshOrganization(org);
}
