/** What the tests of Deduplicate, Balance, Filter and Statistics share. */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { textOf } from './support';

export const LONG =
	'The scanner on the third floor stopped sending documents to the shared folder after the update of last Tuesday evening';
export const ANSWER =
	'Open Settings, choose Security and press Reset password; you get a mail with a link that is good for an hour.';

export const pair = (
	question: string,
	answer: string,
	more: IDataObject = {},
): { json: IDataObject } => ({
	json: { question, answer, ...more },
});
export const linesOf = async (item: INodeExecutionData) =>
	(await textOf(item))
		.split('\n')
		.slice(0, -1)
		.map((line) => JSON.parse(line) as IDataObject);
export const questions = (items: INodeExecutionData[]) => items.map(({ json }) => json.question);
