/** A refusal in Zendesk's words: https://developer.zendesk.com/api-reference/introduction/requests/#response-format */
export class Refusal extends Error {
	constructor(
		readonly status: number,
		readonly body: object,
		readonly headers: Record<string, string> = {},
	) {
		super(JSON.stringify(body));
	}
}

export const notFound = () =>
	new Refusal(404, { error: 'RecordNotFound', description: 'Not found' });

export const forbidden = () =>
	new Refusal(403, {
		error: 'Forbidden',
		description: 'You do not have access to this page. Please contact the account owner.',
	});

export const badPage = (detail: string) =>
	new Refusal(400, {
		errors: [{ code: 'InvalidPaginationParameter', title: 'Invalid pagination parameter', detail }],
	});

export const invalid = (description: string) => new Refusal(422, { error: 'invalid', description });

export const unauthenticated = () => new Refusal(401, { error: "Couldn't authenticate you" });

export const deadToken = () =>
	new Refusal(
		401,
		{
			error: 'invalid_token',
			error_description:
				'The access token provided is expired, revoked, malformed or invalid for other reasons.',
		},
		{ 'www-authenticate': 'Bearer error="invalid_token"' },
	);
