/** What refusals mean in any ticket system, where its own codes say nothing more. */
import type { ApiError, Explanation } from '../http/errors';

interface System {
	system: string;
	/** Display name of the credential's field for the site's address. */
	siteField: string;
}

export function generalWords({ system, siteField }: System, error: ApiError): Explanation {
	const { status = 0, code = '', baseUrl = system } = error.details;
	return (
		wrongSite(code, { system, siteField }, baseUrl, error.message) ??
		refused(status, system, error.message) ?? {
			message: `${system} refused the request (${status}): ${error.message}`,
			description: 'Check the filters; what the system says about them stands above.',
		}
	);
}

/** Something answers that is not the system's API. */
function wrongSite(
	code: string,
	{ system, siteField }: System,
	baseUrl: string,
	said: string,
): Explanation | undefined {
	const cause = 'configuration-invalid' as const;
	switch (code) {
		case 'html_page':
			return {
				message: `${baseUrl} answered with a web page instead of data`,
				description: `Check '${siteField}' in the credential. A login page also comes when a company's single sign-on or a proxy stands before ${system}.`,
				cause,
			};
		case 'not_json':
			return {
				message: `${baseUrl} did not answer with data of ${system}`,
				description: `Check '${siteField}' in the credential.`,
				cause,
			};
		case 'redirect':
			return {
				message: `${baseUrl} sends on to another address`,
				description: `Enter the final address as '${siteField}' in the credential. ${said}`,
				cause,
			};
	}
	return undefined;
}

function refused(status: number, system: string, said: string): Explanation | undefined {
	if (status >= 500) {
		return {
			message: `${system} cannot answer at the moment (${status}): ${said}`,
			description: 'It was tried again several times. Run again later; nothing was changed there.',
			cause: 'temporarily-unavailable',
		};
	}
	const meaning = REFUSALS.get(status);
	return meaning && { ...meaning, message: `${system} ${meaning.message}: ${said}` };
}

/** Messages go on behind the system's name, and its own words follow. */
const REFUSALS = new Map<number, Explanation>([
	[
		401,
		{
			message: 'does not accept the credential',
			description:
				'The token has expired, was revoked, or belongs to another site. Make a new one and enter it in the credential.',
			cause: 'credential-invalid',
		},
	],
	[
		403,
		{
			message: 'does not let this user do that',
			description:
				'Give the user or token the permission to read these tickets, or narrow the filters.',
			cause: 'credential-invalid',
		},
	],
	[
		404,
		{
			message: 'has nothing there',
			description: 'Check the ID, and that the user of the credential may see it.',
		},
	],
	[
		429,
		{
			message: 'asks to slow down',
			description:
				"It was tried again as often as 'Max Wait' allows. Run again later, at a quieter time, or with a lower 'Limit'.",
			cause: 'rate-limited',
		},
	],
]);
