/** A stand-in of Slack: Web API, Events API and a page to chat on, for one workspace of this machine. */
import { SlackDesk } from './desk';
import { buildHttp } from './http';
import { listen } from '../tickets/standIn';

export { CHANNELS, DEMO, PEOPLE, TEAM } from './demo';
export type { Attempt, Delivery } from './deliveries';
export { signature, signedHeaders } from './deliveries';
export type { SlackFault } from './faults';
export type { App, Json, Message, Status } from './types';
export type { SeenCall } from './webApi';
export { SlackDesk } from './desk';

export interface SlackSandbox {
	/** The chat page; the Web API is under `/api`. */
	url: string;
	/** What users do and what tests look at. */
	desk: SlackDesk;
	close(): Promise<void>;
}

/** @param port - 0 (standard) picks a free one */
export async function startSlackSandbox({ port = 0, speed = 1 } = {}): Promise<SlackSandbox> {
	const desk = new SlackDesk();
	desk.settings.speed = speed;
	const app = buildHttp(desk);
	const url = await listen(app, port);
	return {
		url,
		desk,
		async close() {
			await desk.close();
			await app.close();
		},
	};
}
