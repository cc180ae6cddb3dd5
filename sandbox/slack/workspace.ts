import { CHANNELS, demoApps, PEOPLE, TEAM } from './demo';
import { SlackRefusal } from './refusal';
import type { App, Change, Channel, Message, Person, Status } from './types';

/** Slack shows a status for two minutes at most. */
const STATUS_MS = 2 * 60_000;
const MAX_MESSAGES = 20_000;

/** The workspace: people, apps, channels and messages. Whoever listens is told each change. */
export class Workspace {
	readonly team = TEAM;
	readonly people: Person[] = Object.values(PEOPLE).map((one) => ({ ...one }));
	readonly apps: App[] = demoApps();
	readonly channels: Channel[] = Object.values(CHANNELS).map((one) => ({
		...one,
		members: [...one.members],
	}));

	/** Oldest first. */
	messages: Message[] = [];
	private readonly statuses = new Map<string, { status: Status; until: number }>();
	private readonly byPlace = new Map<string, Message>();
	private readonly listeners = new Set<(change: Change) => void>();
	private lastMicroseconds = 0;

	/** @returns how to stop listening */
	listen(listener: (change: Change) => void): () => void {
		this.listeners.add(listener);
		return () => this.listeners.delete(listener);
	}

	/** Seconds with six digits, each later than the one before: Slack's name of a message. */
	newTs(): string {
		this.lastMicroseconds = Math.max(this.lastMicroseconds + 1, Date.now() * 1000);
		return `${Math.floor(this.lastMicroseconds / 1e6)}.${String(this.lastMicroseconds % 1e6).padStart(6, '0')}`;
	}

	app(id: string): App {
		const found = this.apps.find((one) => one.id === id);
		if (!found) throw new Error(`The workspace has no app ${id}.`);
		return found;
	}

	appOfToken(token: string): App | undefined {
		return this.apps.find((one) => one.token === token);
	}

	appOfBot(userId: string): App | undefined {
		return this.apps.find((one) => one.botUserId === userId);
	}

	person(id: string): Person | undefined {
		return this.people.find((one) => one.id === id);
	}

	/** By id, `#name` or `name`; a user's id stands for the direct messages with the app's bot. */
	channel(idOrName: string, app?: App): Channel | undefined {
		const name = idOrName.replace(/^#/, '');
		const direct = (one: Channel) =>
			one.kind === 'im' && one.members.includes(idOrName) && one.members.includes(app!.botUserId);
		return this.channels.find(
			(one) =>
				one.id === idOrName ||
				(one.kind !== 'im' && one.name === name) ||
				(app !== undefined && /^[UW]/.test(idOrName) && direct(one)),
		);
	}

	message(channel: string, ts: string): Message | undefined {
		return this.byPlace.get(`${channel}:${ts}`);
	}

	/** The parent and its replies, oldest first; ephemeral ones are nobody's history. */
	thread(channel: string, threadTs: string): Message[] {
		return this.messages.filter(
			(one) =>
				one.channel === channel &&
				!one.ephemeralTo &&
				(one.ts === threadTs || one.thread_ts === threadTs),
		);
	}

	post(draft: Omit<Message, 'type' | 'ts' | 'team'> & { ts?: string }): Message {
		const parent = draft.thread_ts ? this.message(draft.channel, draft.thread_ts) : undefined;
		const { thread_ts: _unknownThread, ...rest } = draft;
		const message: Message = {
			...rest,
			type: 'message',
			team: this.team.id,
			ts: draft.ts ?? this.newTs(),
			// A thread that is not there is no thread: the message stands by itself, as in Slack.
			...(parent && {
				thread_ts: parent.thread_ts ?? parent.ts,
				parent_user_id: parent.user,
			}),
		};
		this.messages.push(message);
		this.byPlace.set(`${message.channel}:${message.ts}`, message);
		for (const old of this.messages.splice(0, this.messages.length - MAX_MESSAGES))
			this.byPlace.delete(`${old.channel}:${old.ts}`);
		this.tell({ kind: 'posted', message });
		if (message.bot_id && message.thread_ts) this.clearStatus(message.channel, message.thread_ts);
		return message;
	}

	/** Changes a message in place; `quietly` tells the page alone, as the parts of a stream. */
	change(message: Message, changes: Partial<Message>, { quietly = false } = {}): void {
		const previous = { ...message };
		Object.assign(message, changes);
		this.tell(quietly ? { kind: 'streamed', message } : { kind: 'changed', message, previous });
	}

	delete(message: Message): void {
		this.messages = this.messages.filter((one) => one !== message);
		this.byPlace.delete(`${message.channel}:${message.ts}`);
		this.tell({ kind: 'deleted', message });
	}

	react(message: Message, name: string, user: string, isAdded: boolean): void {
		const others = (message.reactions ?? []).filter((one) => one.name !== name);
		const users = (message.reactions?.find((one) => one.name === name)?.users ?? []).filter(
			(one) => one !== user,
		);
		if (isAdded) users.push(user);
		message.reactions =
			users.length > 0 ? [...others, { name, users, count: users.length }] : others;
		this.tell({ kind: 'reaction', message, name, user, isAdded });
	}

	/** An empty text takes the status away. */
	setStatus(status: Status): void {
		const place = `${status.channel}:${status.threadTs}`;
		if (status.text === '') this.statuses.delete(place);
		else this.statuses.set(place, { status, until: Date.now() + STATUS_MS });
		this.tell({ kind: 'status', status });
	}

	liveStatuses(): Status[] {
		return [...this.statuses.values()]
			.filter(({ until }) => until > Date.now())
			.map(({ status }) => status);
	}

	private clearStatus(channel: string, threadTs: string): void {
		const known = this.statuses.get(`${channel}:${threadTs}`);
		if (known) this.setStatus({ ...known.status, text: '', loadingMessages: [] });
	}

	private tell(change: Change): void {
		for (const listener of this.listeners) listener(change);
	}
}

/** The channel that a call names, if the app's bot may work in it. */
export function channelFor(
	workspace: Workspace,
	app: App,
	idOrName: unknown,
	{ mustBeMember = true } = {},
): Channel {
	const channel = workspace.channel(String(idOrName ?? ''), app);
	const isForeignDirect = channel?.kind === 'im' && !channel.members.includes(app.botUserId);
	if (!channel || isForeignDirect) throw new SlackRefusal('channel_not_found');
	if (mustBeMember && !channel.members.includes(app.botUserId))
		throw new SlackRefusal('not_in_channel');
	return channel;
}
