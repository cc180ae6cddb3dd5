/** What the tests of Redact and Unmask share. */
import type { IDataObject } from 'n8n-workflow';

export const PASSPHRASE = 'a passphrase for tests';
export const credentials = { redactionVaultApi: { passphrase: PASSPHRASE } };

export const TICKET = {
	source: 'jira',
	id: '10001',
	key: 'IT-7',
	title: 'Refund for Jane Doe',
	question: 'Hello, my card 4111 1111 1111 1111 was charged. Reach me: jane.doe@example.com',
	messages: [
		{ id: '1', role: 'agent', public: true, text: 'Hi Jane, we wrote to jane.doe@example.com.' },
	],
	people: ['Jane Doe', 'jane.doe@example.com'],
	createdAt: '2026-11-21T10:00:00.000Z',
	tags: ['refund'],
};

export const lines = (text: string) =>
	text
		.split('\n')
		.filter((line) => line !== '')
		.map((line) => JSON.parse(line) as IDataObject);
