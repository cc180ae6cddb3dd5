import type { INodeProperties } from 'n8n-workflow';

export const DISCLOSURE =
	'Written by an AI model that was trained on past questions. It can be wrong.';

/** What stands below an answer. */
export const footerFields: INodeProperties[] = [
	{
		displayName: 'Feedback Buttons',
		name: 'feedbackButtons',
		type: 'boolean',
		default: true,
		description:
			'Whether to put buttons for good and bad answers below it. The Slack Question Trigger gives out what is pressed, if interactivity is on in the app. Question and model are kept with the message for that.',
	},
	{
		displayName: 'Disclosure',
		name: 'disclosure',
		type: 'boolean',
		default: true,
		description: 'Whether to say below the answer that a model has written it',
	},
	{
		displayName: 'Disclosure Text',
		name: 'disclosureText',
		type: 'string',
		default: DISCLOSURE,
		displayOptions: { show: { disclosure: [true] } },
		description: "One line in Slack's own markup; a link is &lt;https://example.com|name&gt;",
	},
];
