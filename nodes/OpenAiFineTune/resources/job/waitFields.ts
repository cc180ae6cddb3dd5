import type { INodeProperties } from 'n8n-workflow';

type Show = NonNullable<NonNullable<INodeProperties['displayOptions']>['show']>;

const sleepField: INodeProperties = {
	displayName: 'Sleep During Long Waits',
	name: 'sleepDuringLongWaits',
	type: 'boolean',
	noDataExpression: true,
	default: true,
	description:
		'Whether to put the execution to sleep when a job takes longer than two minutes. It then holds no worker and survives a restart of n8n. A sub-execution of this workflow looks at the job every one to ten minutes.',
};

/** Limit and behaviour of a wait, shown where `show` says. */
export function waitFields(show: Show): INodeProperties[] {
	return [
		{
			displayName: 'Max Wait (Minutes)',
			name: 'maxWaitMinutes',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 60,
			displayOptions: { show },
			description: 'How long to wait for the job to end, 0 to look once',
		},
		{ ...sleepField, displayOptions: { show } },
		{
			displayName: 'Wait Options',
			name: 'waitOptions',
			type: 'collection',
			default: {},
			placeholder: 'Add Option',
			displayOptions: { show },
			options: [
				{
					displayName: 'Count From',
					name: 'countFrom',
					type: 'dateTime',
					default: '',
					placeholder: 'e.g. {{ $json.created_at }}',
					description: 'When the wait began, if that was before this node, e.g. in a loop',
				},
				{
					displayName: 'First Interval (Seconds)',
					name: 'firstInterval',
					type: 'number',
					typeOptions: { minValue: 1 },
					default: 5,
					description: 'Pause after the first look at the job. Later pauses grow by half.',
				},
				{
					displayName: 'If Job Does Not Succeed',
					name: 'onFailure',
					type: 'options',
					default: 'stop',
					description: 'What to do when the job ends as failed or cancelled',
					options: [
						{ name: 'Output Job', value: 'output', description: 'Return the job and go on' },
						{ name: 'Stop', value: 'stop', description: "Stop with the job's own reason" },
					],
				},
				{
					displayName: 'If Time Is Up',
					name: 'onTimeout',
					type: 'options',
					default: 'stop',
					description: 'What to do when the job has not ended within the limit',
					options: [
						{ name: 'Output Job', value: 'output', description: 'Return the job and go on' },
						{ name: 'Stop', value: 'stop', description: 'Stop with its last state' },
					],
				},
				{
					displayName: 'Longest Interval (Seconds)',
					name: 'maxInterval',
					type: 'number',
					typeOptions: { minValue: 1 },
					default: 60,
					description: 'Up to where the pauses grow',
				},
			],
		},
	];
}
