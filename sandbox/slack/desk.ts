import { randomUUID } from 'node:crypto';

import type { SlackSettings } from './call';
import { CHANNELS, PEOPLE } from './demo';
import { type Attempt, Deliveries, type Delivery, signedHeaders } from './deliveries';
import { envelope, eventsOf, openedEvent, typedBlocks } from './events';
import { type SlackFault, SlackFaults } from './faults';
import { feedbackPress, messageShortcut, slashCommand, sslCheck } from './interactions';
import { fromApp } from './methods/chat';
import type { App, Change, Json, Message } from './types';
import type { SeenCall } from './webApi';
import { Workspace } from './workspace';

const MAX_CALLS = 20_000;

export interface Words {
	text: string;
	/** Maya's direct messages with the app when absent. */
	channel?: string;
	/** Maya when absent. */
	user?: string;
	threadTs?: string;
}

/** What users do in Slack, what apps are sent for it, and what tests want to know of both. */
export class SlackDesk {
	readonly workspace = new Workspace();
	readonly settings: SlackSettings = { speed: 1, postsPerSecond: 0, maxPage: 999 };
	readonly faults = new SlackFaults();
	/** Calls of the Web API, oldest first. */
	readonly calls: SeenCall[] = [];
	private readonly watchers = new Set<(delivery: Delivery) => void>();
	private readonly mail = new Deliveries(this.settings, (delivery) => {
		for (const watcher of this.watchers) watcher(delivery);
	});

	constructor() {
		this.workspace.listen((change) => this.tell(change));
	}

	/** The app that is being tried out. */
	get app(): App {
		return this.workspace.apps[0];
	}

	/** The other app, whose bot sits in the channel as well. */
	get otherApp(): App {
		return this.workspace.apps[1];
	}

	get deliveries(): readonly Delivery[] {
		return this.mail.all;
	}

	/** Messages of the app, oldest first. */
	get posts(): Message[] {
		return this.workspace.messages.filter(({ app_id: id }) => id === this.app.id);
	}

	/** The next matching calls of the Web API go wrong. */
	addFault(fault: SlackFault): void {
		this.faults.add(fault);
	}

	onDelivery(watcher: (delivery: Delivery) => void): () => void {
		this.watchers.add(watcher);
		return () => this.watchers.delete(watcher);
	}

	seen(call: SeenCall): void {
		this.calls.push(call);
		this.calls.splice(0, this.calls.length - MAX_CALLS);
	}

	/**
	 * Sets where events go, if the address answers the challenge as Slack wants it.
	 * @throws with the words that Slack shows when it does not
	 */
	async setRequestUrl(url: string, app = this.app): Promise<void> {
		const challenge = randomUUID();
		const body = JSON.stringify({ token: 'legacy', challenge, type: 'url_verification' });
		const attempt = await this.mail.post(url, body, signedHeaders(app, body));
		if (attempt.status !== 200 || !attempt.answer.includes(challenge))
			throw new Error(
				`Your URL didn't respond with the value of the challenge parameter. It answered ${attempt.status ?? 'nothing'}: ${attempt.answer}`,
			);
		app.requestUrl = url;
	}

	/** Somebody types a message. */
	say({ text, channel, user, threadTs }: Words): Message {
		return this.workspace.post({
			channel: channel ?? CHANNELS.directMessage.id,
			user: user ?? PEOPLE.maya.id,
			text,
			thread_ts: threadTs,
			client_msg_id: randomUUID(),
			blocks: typedBlocks(text),
		});
	}

	/** Somebody edits a message of theirs. */
	edit(message: Message, text: string): void {
		const edited = { user: message.user, ts: this.workspace.newTs() };
		this.workspace.change(message, { text, blocks: typedBlocks(text), edited });
	}

	/** Somebody presses a feedback button; the app may answer with anything that is 2xx. */
	async press(message: Message, value: string, user = PEOPLE.maya.id): Promise<Delivery> {
		const letter = feedbackPress(this.workspace, this.app, message, user, value);
		const delivery = await this.mail.send(this.app, letter);
		if (delivery.state === 'delivered')
			this.workspace.change(message, { feedback: value }, { quietly: true });
		return delivery;
	}

	async command(text: string, channel: string, user = PEOPLE.maya.id): Promise<Delivery> {
		const letter = slashCommand(this.workspace, this.app, { channel, user, text });
		const delivery = await this.mail.send(this.app, letter);
		const answer = textOf(delivery.attempts[0].answer);
		if (answer)
			this.workspace.post({ ...fromApp(this.app), channel, text: answer, ephemeralTo: user });
		return delivery;
	}

	async shortcut(message: Message, callbackId: string, user = PEOPLE.maya.id): Promise<Delivery> {
		const letter = messageShortcut(this.workspace, this.app, message, user, callbackId);
		return await this.mail.send(this.app, letter);
	}

	async sslCheck(): Promise<Delivery> {
		return await this.mail.send(this.app, sslCheck());
	}

	react(message: Message, name: string, isAdded = true, user = PEOPLE.maya.id): void {
		this.workspace.react(message, name, user, isAdded);
	}

	/** Somebody opens the app's messages. */
	async open(user = PEOPLE.maya.id, channel = CHANNELS.directMessage.id): Promise<void> {
		const isTold = this.app.requestUrl && this.app.events.includes('app_home_opened');
		if (isTold) await this.sendEvent(openedEvent(user, channel));
	}

	/** Sends an event of one's own making in a signed envelope, with retries; parts of the envelope can be set. */
	async sendEvent(event: Json, parts: Json = {}, app = this.app): Promise<Delivery> {
		const whole = { ...envelope(this.workspace, app, event), ...parts };
		return await this.mail.send(app, {
			id: String(whole.event_id),
			type: String(event.type ?? whole.type),
			body: JSON.stringify(whole),
			contentType: 'application/json',
			isRetried: true,
		});
	}

	/** An envelope as it would be sent. */
	envelope(event: Json): Json {
		return envelope(this.workspace, this.app, event);
	}

	/** One request to the app as it is: forged, replayed, broken. */
	async sendRaw(body: string, headers: Record<string, string>): Promise<Attempt> {
		return await this.mail.post(this.app.requestUrl ?? '', body, headers);
	}

	/** Resolves when all deliveries were accepted or given up. */
	async delivered(): Promise<void> {
		await this.mail.idle();
	}

	async close(): Promise<void> {
		await this.mail.close();
	}

	private tell(change: Change): void {
		for (const app of this.workspace.apps) {
			if (!app.requestUrl) continue;
			for (const event of eventsOf(this.workspace, app, change))
				void this.sendEvent(event, {}, app);
		}
	}
}

function textOf(answer: string): string | undefined {
	if (!answer.startsWith('{')) return undefined;
	try {
		const { text } = JSON.parse(answer) as { text?: unknown };
		return typeof text === 'string' && text !== '' ? text : undefined;
	} catch {
		return undefined;
	}
}
