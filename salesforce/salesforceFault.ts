/** How Salesforce states one thing that is wrong, in REST answers and, with `statusCode`, in collections. */
export interface SalesforceFault {
	errorCode?: string;
	statusCode?: string;
	message?: string;
	fields?: string[];
}
