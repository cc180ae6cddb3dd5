/** An answer that says no, in OpenAI's error body `{error: {message, type, param, code}}`. */
export class Refusal extends Error {
	constructor(
		readonly status: number,
		message: string,
		readonly details: { type?: string; param?: string | null; code?: string | null } = {},
	) {
		super(message);
	}

	body() {
		const { type = 'invalid_request_error', param = null, code = null } = this.details;
		return { error: { message: this.message, type, param, code } };
	}
}

export function badRequest(
	message: string,
	param: string | null = null,
	code: string | null = null,
) {
	return new Refusal(400, message, { param, code });
}

export function notFound(message: string, param: string | null = null, code: string | null = null) {
	return new Refusal(404, message, { param, code });
}
