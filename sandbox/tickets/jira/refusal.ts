/** An answer that says no, in Jira's error body. */
export class Refusal extends Error {
	constructor(
		readonly status: number,
		message: string,
		readonly headers: Record<string, string> = {},
		readonly shape: 'jira' | 'gateway' = 'jira',
	) {
		super(message);
	}

	body(): object {
		return this.shape === 'gateway'
			? { code: this.status, message: this.message }
			: { errorMessages: [this.message], errors: {} };
	}
}

export function badQuery(message: string): Refusal {
	return new Refusal(400, message);
}
