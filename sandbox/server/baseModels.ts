import { MEDIA_MODELS } from './mediaModels';
import { TEXT_MODELS } from './textModels';

/** The base models of the sandbox, with OpenAI's shutdown dates as of 2026-11-21. */
export interface BaseModel {
	id: string;
	/** Shorter name that stands for this snapshot. */
	alias?: string;
	created: number;
	shutdown_date: string | null;
	tunable: boolean;
	methods: Array<'supervised' | 'dpo' | 'reinforcement'>;
	/** Out of service already. Later dates are shown but not acted on, so that the sandbox outlives them. */
	retired: boolean;
	/** Whether chat completions takes it (embedding and moderation models are only listed). */
	chat: boolean;
}

const tunable = { tunable: true, retired: false, chat: true, shutdown_date: '2027-01-14' };
const gone = { tunable: true, retired: true, chat: true, shutdown_date: '2026-10-23' };
const current = { tunable: false, retired: false, chat: true, shutdown_date: null };
const both: BaseModel['methods'] = ['supervised', 'dpo'];

/** https://developers.openai.com/api/docs/deprecations */
export const BASE_MODELS: BaseModel[] = [
	{ id: 'gpt-4.1-2025-04-14', alias: 'gpt-4.1', created: 1744315746, methods: both, ...tunable },
	{
		id: 'gpt-4.1-mini-2025-04-14',
		alias: 'gpt-4.1-mini',
		created: 1744317547,
		methods: both,
		...tunable,
	},
	{ id: 'gpt-4o-2024-08-06', alias: 'gpt-4o', created: 1722814719, methods: both, ...tunable },
	{
		id: 'gpt-4o-mini-2024-07-18',
		alias: 'gpt-4o-mini',
		created: 1721172717,
		methods: both,
		...tunable,
	},
	{ id: 'gpt-6-luna', created: 1790000000, methods: [], ...current },
	{ id: 'omni-moderation-latest', created: 1731689265, methods: [], ...current, chat: false },
	{
		id: 'gpt-4.1-nano-2025-04-14',
		alias: 'gpt-4.1-nano',
		created: 1744321025,
		methods: both,
		...gone,
	},
	{
		id: 'gpt-3.5-turbo-0125',
		alias: 'gpt-3.5-turbo',
		created: 1706048358,
		methods: ['supervised'],
		...gone,
	},
	{
		id: 'o4-mini-2025-04-16',
		alias: 'o4-mini',
		created: 1744133506,
		methods: ['reinforcement'],
		...gone,
	},
	...MEDIA_MODELS,
	...TEXT_MODELS,
];

export function findBaseModel(id: string): BaseModel | undefined {
	return BASE_MODELS.find((model) => model.id === id || model.alias === id);
}
