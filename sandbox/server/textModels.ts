import type { BaseModel } from './baseModels';

const listed = { methods: [], tunable: false, chat: false, retired: false, shutdown_date: null };
const gone = { ...listed, retired: true, shutdown_date: '2026-09-28' };

/**
 * Models of the smaller text endpoints. The last one is the sandbox's own: OpenAI has no completion model left.
 * https://developers.openai.com/api/docs/deprecations as of 2026-11-21.
 */
export const TEXT_MODELS: BaseModel[] = [
	{ id: 'text-embedding-3-small', created: 1705948997, ...listed },
	{ id: 'text-embedding-3-large', created: 1705953180, ...listed },
	{ id: 'text-embedding-ada-002', created: 1671217299, ...listed },
	{ id: 'omni-moderation-2024-09-26', created: 1732734466, ...listed },
	{ id: 'gpt-3.5-turbo-instruct', created: 1692901427, ...gone },
	{ id: 'davinci-002', created: 1692634301, ...gone },
	{ id: 'babbage-002', created: 1692634615, ...gone },
	{ id: 'sandbox-instruct', created: 1790000000, ...listed },
];
