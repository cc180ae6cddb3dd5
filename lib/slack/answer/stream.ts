/** An answer that Slack shows while it is written. */
import { attempt } from '../../attempt';
import { CanceledError } from '../../http/canceled';
import { codeOf, isUnsure } from '../api/errors';
import { appendStream, type Block, type Metadata, startStream, stopStream } from '../api/methods';
import { closedFence, type Fence } from './fences';
import { withoutMentions } from './guard';
import { contentOf } from './message';
import { type Poster, postOnce } from './post';
import { NO_UNFURL } from './postAnswer';
import { findStarted, mend } from './repair';
import { nextPart, PART_LENGTH, type Part, shownPart } from './split';
import type { StreamSettings, StreamState } from './streamState';
import { wordBorder } from './wordBorder';

/** Slack lets an app append 100 times a minute. */
const PACE_MS = 1_000;
/** Room in which to find a good border between two messages, once a message is nearly full. */
const CUT_ROOM = 1_500;

/**
 * Shows an answer in Slack while the model writes it: about once a second, in whole words, in as many messages as its
 * length needs. Text is never repeated: a message whose state is not sure gets no more pieces, and is put right as a
 * whole at the end.
 */
export class AnswerStream {
	/** Timestamps of the messages, in order. */
	readonly messages: string[] = [];
	/** Why it did not stream, or not to the end; nothing that the reader of the answer notices. */
	readonly notes: string[] = [];
	/** Whether Slack has shown the answer while it was written. */
	hasStreamed = false;

	private raw = '';
	private start = 0;
	private fence: Fence | undefined;
	private state: StreamState = { name: 'waiting' };
	private nextAt = 0;
	private readonly partLength: number;

	constructor(
		private readonly poster: Poster,
		private readonly settings: StreamSettings,
	) {
		this.partLength = settings.partLength ?? PART_LENGTH;
	}

	/** Forgets what a model has said that nobody has seen. */
	begin(): void {
		if (!this.hasSpoken()) this.raw = '';
	}

	/** Whether something of the answer is to be seen in Slack. */
	hasSpoken(): boolean {
		return this.messages.length > 0;
	}

	/** Takes the next piece of the answer. Throws only when the execution is canceled. */
	async say(text: string): Promise<void> {
		this.raw = this.raw === '' ? text.trimStart() : this.raw + text;
		if (this.poster.surroundings.now() < this.nextAt || this.isQuiet()) return;
		const border = wordBorder(this.raw);
		if (border > 0) await this.show(withoutMentions(this.raw.slice(0, border)));
	}

	/**
	 * Shows the rest and ends the last message with `blocks`.
	 *
	 * @param answer - the whole text, for the case that nothing of it has been shown
	 * @throws ApiError when Slack does not take it
	 */
	async finish(answer: string, blocks: Block[], metadata?: Metadata): Promise<void> {
		if (this.state.name === 'stopped') return;
		const whole = withoutMentions((this.hasSpoken() ? this.raw : answer).trim());
		while (this.isFull(whole)) {
			const part = this.cut(whole);
			await this.endPart(part, [], this.settings.metadata(this.count()));
		}
		const part = { before: this.before(), text: whole.slice(this.start), after: '' };
		await this.endPart(part, blocks, metadata ?? this.settings.metadata(this.count()));
	}

	/** Ends an answer that has broken off with a text that says so. */
	async breakOff(text: string, blocks: Block[], metadata: Metadata): Promise<void> {
		const { raw } = this;
		this.raw = text.trim() === '' ? raw : `${closedFence(raw.trimEnd())}\n\n${text.trim()}`;
		await this.finish(this.raw, blocks, metadata);
	}

	/** Ends an open message where it stands: for executions that are stopped. Never throws. */
	async abandon(): Promise<void> {
		if (this.state.name !== 'open' && this.state.name !== 'broken') return;
		const { channel } = this.settings;
		const { ts } = this.state;
		await attempt(
			async () => await stopStream(this.poster.transport, { channel, ts }, { detached: true }),
		);
	}

	/** Shows what is `ready`, a beginning of the answer. */
	private async show(ready: string): Promise<void> {
		while (this.isFull(ready) && !this.isQuiet()) {
			const { fence } = this;
			const part = this.cut(ready);
			const ended = await attempt(
				async () => await this.endPart(part, [], this.settings.metadata(this.count())),
			);
			if ('error' in ended) return this.endFailed(ended.error, fence);
		}
		if (this.isQuiet()) return;
		const shown = this.before() + ready.slice(this.start);
		// Held back until the border to the next message is known.
		if (shown.length <= this.partLength - CUT_ROOM) await this.send(shown);
	}

	/** `finish` tries once more. */
	private endFailed(error: unknown, fence: Fence | undefined): void {
		this.passOnCancel(error);
		this.note('A part of the answer could not be completed at first', error);
		this.fence = fence;
		const { state } = this;
		this.state = state.name === 'open' ? { ...state, name: 'broken' } : { name: 'posting' };
	}

	/** Makes `shown` the text of the open message, by what it lacks. */
	private async send(shown: string): Promise<void> {
		if (shown.trim() === '' || shown.length <= this.sent()) return;
		if (this.state.name === 'waiting') return await this.open(shown);
		if (this.state.name !== 'open') return;
		const { ts, sent } = this.state;
		const { channel } = this.settings;
		const result = await attempt(
			async () =>
				await appendStream(this.poster.transport, {
					channel,
					ts,
					markdown_text: shown.slice(sent),
				}),
		);
		this.pace();
		if ('done' in result) this.state.sent = shown.length;
		else this.appendFailed(result.error, ts, sent);
	}

	private async open(shown: string): Promise<void> {
		const { channel, threadTs, recipient } = this.settings;
		const asked = this.poster.surroundings.now();
		const started = await attempt(
			async () =>
				await startStream(this.poster.transport, {
					channel,
					thread_ts: threadTs,
					markdown_text: shown,
					...recipient,
				}),
		);
		this.pace();
		if ('done' in started && started.done !== '') {
			this.messages.push(started.done);
			this.hasStreamed = true;
			this.state = { name: 'open', ts: started.done, sent: shown.length };
			return;
		}
		const error = 'error' in started ? started.error : undefined;
		this.passOnCancel(error);
		this.note('Slack did not stream, so the answer was posted when it was complete', error);
		const lost = isUnsure(error)
			? await findStarted(this.poster, { channel, threadTs, shown, asked })
			: undefined;
		if (lost === undefined) {
			this.state = { name: 'posting' };
			return;
		}
		this.messages.push(lost);
		this.state = { name: 'broken', ts: lost, sent: shown.length };
	}

	private appendFailed(error: unknown, ts: string, sent: number): void {
		this.passOnCancel(error);
		const code = codeOf(error);
		if (code === 'stopped_by_user') return this.stopForGood();
		if (code === 'ratelimited' || code === 'rate_limited') {
			const wait = (error as { details: { retryAfterMs?: number } }).details.retryAfterMs;
			this.nextAt = this.poster.surroundings.now() + Math.max(wait ?? 0, PACE_MS);
			return;
		}
		this.note('Slack took no more pieces, so the message was completed at the end', error);
		this.state = { name: 'broken', ts, sent };
	}

	private stopForGood(): void {
		this.state = { name: 'stopped' };
		this.notes.push('The person who asked has stopped the answer in Slack.');
	}

	/** Puts the whole text of a part into its message and ends it. */
	private async endPart(part: Part, blocks: Block[], metadata: Metadata): Promise<void> {
		const { state } = this;
		const shown = shownPart(part);
		const { channel, threadTs } = this.settings;
		if (state.name === 'open') await this.close(state, shown, blocks, metadata);
		else if (state.name === 'broken') {
			await mend(this.poster, { channel, ts: state.ts, shown, blocks, metadata });
		} else if (shown.trim() !== '' && state.name !== 'stopped') {
			const content = contentOf(shown, blocks);
			const message = { channel, thread_ts: threadTs, ...content, metadata, ...NO_UNFURL };
			this.messages.push(await postOnce(this.poster, message));
		}
		this.start += part.text.length;
		this.fence = part.after === '' ? undefined : this.fence;
		if (this.state.name === 'open' || this.state.name === 'broken') {
			this.state = { name: 'waiting' };
		}
	}

	private async close(
		{ ts, sent }: { ts: string; sent: number },
		shown: string,
		blocks: Block[],
		metadata: Metadata,
	): Promise<void> {
		const { channel } = this.settings;
		const rest = shown.slice(sent);
		const stopped = await attempt(
			async () =>
				await stopStream(this.poster.transport, {
					channel,
					ts,
					...(rest === '' ? {} : { markdown_text: rest }),
					...(blocks.length > 0 ? { blocks } : {}),
					metadata,
				}),
		);
		if ('done' in stopped) return;
		this.passOnCancel(stopped.error);
		if (codeOf(stopped.error) === 'stopped_by_user') return this.stopForGood();
		this.note('The message was completed by an edit', stopped.error);
		await mend(this.poster, { channel, ts, shown, blocks, metadata });
	}

	private isFull(ready: string): boolean {
		return this.before().length + ready.length - this.start > this.partLength;
	}

	private cut(ready: string): Part {
		const least = Math.max(0, this.sent() - this.before().length);
		const { part, fence } = nextPart(ready, this.start, this.fence, this.partLength, least);
		this.fence = fence;
		return part;
	}

	/** Opens the code block again that the part before had to close. */
	private before(): string {
		return this.fence ? `${this.fence.opening}\n` : '';
	}

	private sent(): number {
		return this.state.name === 'open' || this.state.name === 'broken' ? this.state.sent : 0;
	}

	/** The number of the part that is being written. */
	private count(): number {
		return this.sent() > 0 ? this.messages.length : this.messages.length + 1;
	}

	private isQuiet(): boolean {
		return this.state.name !== 'waiting' && this.state.name !== 'open';
	}

	private pace(): void {
		this.nextAt = this.poster.surroundings.now() + PACE_MS;
	}

	private note(what: string, error: unknown): void {
		const reason = codeOf(error) ?? (error instanceof Error ? error.message : 'no answer');
		this.notes.push(`${what} (${reason}).`);
	}

	private passOnCancel(error: unknown): void {
		if (error instanceof CanceledError) throw new CanceledError();
	}
}
