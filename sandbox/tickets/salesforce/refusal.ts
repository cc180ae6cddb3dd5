/** An error as Salesforce sends it: a status and an array with one entry. */
export class SalesforceRefusal extends Error {
	constructor(
		readonly status: number,
		readonly errorCode: string,
		message: string,
	) {
		super(message);
	}

	get body() {
		return [{ message: this.message, errorCode: this.errorCode }];
	}
}

export function malformed(message: string): SalesforceRefusal {
	return new SalesforceRefusal(400, 'MALFORMED_QUERY', message);
}
